import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { FileError } from '../../../files/index.ts'
import type { Engine } from '../../../ports/index.ts'
import type { VectorSet } from '../format.ts'
import { mergeSlices, runSlice, statusOf, type VectorSetResult, WHOLE } from '../run.ts'
import { collectSets } from '../sets.ts'
import { DAMAGES, type Damage, type VectorFile } from './damages.ts'
import type { Draw } from './edits.ts'
import { whyUnnoticed } from './unnoticed.ts'

/** What a run made of copies of one file that came to harm in one way. */
export interface DamageResult {
  readonly file: string
  readonly format: string
  readonly damage: string
  readonly tried: number
  readonly noticed: number
  /** What was said of the first that was noticed. */
  readonly message?: string
  /** Why the rest may go unnoticed; undefined when nobody knows. */
  readonly why?: string
}

export interface DamageOptions {
  readonly engine: Engine
  /** How many places of each file come to harm in each way. */
  readonly places: number
  /** The same seed harms the same places. */
  readonly seed: number
  readonly onProgress?: (done: number, total: number, file: string) => void
}

/** Damages copies of every file in ten ways and runs each. Files that ask an engine nothing are left out. @throws FileError */
export function damageFiles(paths: readonly string[], options: DamageOptions): DamageResult[] {
  const draw = drawsFrom(options.seed)
  const targets = collectSets(paths)
    .filter((set) => set.abstention(options.engine) === undefined && set.format !== 'list of files')
    .flatMap((set) => set.files.map((file) => ({ set, file })))
  return targets.flatMap(({ set, file }, index) => {
    options.onProgress?.(index, targets.length, file)
    return Object.entries(DAMAGES).flatMap(
      ([name, damage]) => damageFile(set, file, name, damage, options, draw) ?? [],
    )
  })
}

function drawsFrom(seed: number): Draw {
  let drawn = 0
  return (below) => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32LE() % below
}

function damageFile(
  set: VectorSet,
  file: string,
  name: string,
  damage: Damage,
  { engine, places }: DamageOptions,
  draw: Draw,
): DamageResult | undefined {
  const whole: VectorFile = { name: basename(file), bytes: readFileSync(file) }
  const messages: (string | undefined)[] = []
  for (let place = 0; place < places; place++) {
    const damaged = damage(whole, draw)
    if (damaged !== undefined) messages.push(reportOn(set, file, damaged, engine))
  }
  if (messages.length === 0) return undefined
  const heard = messages.filter((text) => text !== undefined)
  const why = heard.length === messages.length ? undefined : whyUnnoticed(name, set.format)
  return {
    file,
    format: set.format,
    damage: name,
    tried: messages.length,
    noticed: heard.length,
    ...(heard[0] !== undefined && { message: heard[0] }),
    ...(why !== undefined && { why }),
  }
}

/** What a run says of a damaged file among those that belong to it; undefined when it says what it says of the whole one. */
function reportOn(set: VectorSet, file: string, damaged: VectorFile, engine: Engine): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-damage-'))
  try {
    for (const other of set.files) if (other !== file) copyFileSync(other, join(folder, basename(other)))
    writeFileSync(join(folder, damaged.name), damaged.bytes)
    const results = collectSets([folder]).map((found) => judge(found, engine))
    return results.length === 1 ? difference(results[0]!, set) : `${results.length} sets instead of one`
  } catch (error) {
    if (error instanceof FileError) return error.message.replace(`${folder}/`, '')
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function judge(set: VectorSet, engine: Engine): VectorSetResult {
  return mergeSlices(set, [runSlice(set, engine, WHOLE, () => 0)])
}

function difference(result: VectorSetResult, whole: VectorSet): string | undefined {
  const [failure] = result.failures
  if (failure !== undefined) return `${failure.id}: ${failure.message}`
  if (result.format !== whole.format) return `read as ${result.format}`
  if (statusOf(result) !== 'pass') return statusOf(result)
  return result.notes.find((note) => !whole.notes.includes(note))
}
