import { rmSync } from 'node:fs'
import { type Bundle, buildBundle } from './bundle.ts'
import { type Arsenal, type Find, fails, type KillerName, search } from './killers.ts'
import type { Mutant } from './mutant.ts'

/** What became of one mutant. */
export interface HuntResult {
  readonly mutant: Mutant
  /** `inconclusive`: what found the bug fails without it too, or a verb gave no answer. */
  readonly outcome: 'killed' | 'survived' | 'inconclusive'
  readonly find?: Find
  /** One line, when inconclusive. */
  readonly reason?: string
  readonly seconds: number
}

export interface HuntOptions {
  /** Where the source lies. */
  readonly root: string
  /** A folder inside the project, for bundles that go when they have served. */
  readonly workFolder: string
  /** The program without a bug. */
  readonly sound: Bundle
  readonly killers: readonly KillerName[]
  readonly arsenal: Arsenal
}

/**
 * Plants a bug and lets killers look for it in turn, until one finds it. What was found must fail again with the bug
 * and must not fail without it.
 */
export async function hunt(mutant: Mutant, options: HuntOptions): Promise<HuntResult> {
  const start = performance.now()
  const end = (result: Pick<HuntResult, 'outcome' | 'find' | 'reason'>): HuntResult => ({
    mutant,
    ...result,
    seconds: (performance.now() - start) / 1000,
  })
  let bundle: Bundle | undefined
  rmSync(options.arsenal.out, { recursive: true, force: true })
  try {
    bundle = await buildBundle(options.root, options.workFolder, mutant)
    let reason: string | undefined
    for (const killer of options.killers)
      for await (const find of search(killer, bundle.cli, options.arsenal)) {
        reason = await objection(find, bundle, options.sound)
        if (reason === undefined) return end({ outcome: 'killed', find })
      }
    return end(reason === undefined ? { outcome: 'survived' } : { outcome: 'inconclusive', reason })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    return end({ outcome: 'inconclusive', reason })
  } finally {
    bundle?.remove()
  }
}

/** Why a find proves nothing; undefined when it fails with the bug and passes without it. */
async function objection(find: Find, bundle: Bundle, sound: Bundle): Promise<string | undefined> {
  if (await fails(sound.cli, find)) return `${find.what} fails without the bug too`
  return (await fails(bundle.cli, find)) ? undefined : `${find.what} does not fail again`
}
