import Table from 'cli-table3'
import { PRESETS, playPreset } from '../../../proposals/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'

export const PRESET_NAMES: readonly string[] = PRESETS.map(({ name }) => name)

/** Plays a split that happened and sets each published figure beside what came of it. */
export function printPreset(terminal: Terminal, name: string, runs: number, seed: number): VerbResult {
  const preset = PRESETS.find((known) => known.name === name)!
  const { result, figures } = playPreset(preset, runs, seed)
  terminal.line(`${preset.name}: ${preset.about} [${preset.sources.join('; ')}]; ${runs} runs (seed ${seed})`)
  const table = new Table({
    head: ['figure', 'published', 'simulated', ''],
    style: { head: [], border: [], compact: true },
  })
  for (const { what, published, simulated, isWithin } of figures)
    table.push([what, published, simulated, isWithin ? 'agrees' : 'DIFFERS'])
  terminal.line(table.toString())
  return {
    exitCode: figures.every(({ isWithin }) => isWithin) ? 0 : 1,
    json: { preset: name, runs, seed, figures, result },
  }
}
