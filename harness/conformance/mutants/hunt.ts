import { rmSync } from 'node:fs'
import { type Bundle, buildBundle } from './bundle.ts'
import { type Arsenal, type Find, fails, type KillerName, search } from './killers.ts'
import type { Mutant } from './mutant.ts'
import { VerbError } from './run-verb.ts'

/** What became of one mutant. */
export interface MutantResult {
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
export async function hunt(mutant: Mutant, options: HuntOptions): Promise<MutantResult> {
  const start = performance.now()
  const end = (result: Pick<MutantResult, 'outcome' | 'find' | 'reason'>): MutantResult => ({
    mutant,
    ...result,
    seconds: (performance.now() - start) / 1000,
  })
  let bundle: Bundle | undefined
  rmSync(options.arsenal.out, { recursive: true, force: true })
  try {
    bundle = await buildBundle(options.root, options.workFolder, mutant)
    let reason: string | undefined
    for (const killer of options.killers) {
      const answer = await ask(killer, bundle, options)
      if (typeof answer === 'object') return end({ outcome: 'killed', find: answer })
      reason ??= answer
    }
    return end(reason === undefined ? { outcome: 'survived' } : { outcome: 'inconclusive', reason })
  } catch (error) {
    return end({ outcome: 'inconclusive', reason: firstLine(error) })
  } finally {
    bundle?.remove()
  }
}

/** What this killer found; undefined when nothing; a line when its finds prove nothing or it gave no answer. */
async function ask(
  killer: KillerName,
  bundle: Bundle,
  { sound, arsenal }: HuntOptions,
): Promise<Find | string | undefined> {
  let reason: string | undefined
  try {
    for await (const find of search(killer, bundle.cli, arsenal)) {
      if (await fails(sound.cli, find)) reason ??= `${find.what} fails without the bug too`
      else if (await fails(bundle.cli, find)) return find
      else reason ??= `${find.what} does not fail again`
    }
  } catch (error) {
    if (!(error instanceof VerbError)) throw error
    reason ??= error.message
  }
  return reason
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!
}
