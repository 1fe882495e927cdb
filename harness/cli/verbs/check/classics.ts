import { CLASSICS, compareRun } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'

/** Explores the public models and lays what is found beside what is published of them. */
export function compareClassics(terminal: Terminal, distinctMax: number): VerbResult {
  const runs = [...CLASSICS].flatMap(([name, { model, runs }]) =>
    runs.map((published) => ({ name, model, published })),
  )
  const isLarge = ({ published }: (typeof runs)[number]) =>
    'distinct' in published && published.distinct > distinctMax
  const chosen = runs.filter((run) => !isLarge(run))
  const bar = terminal.progress('classics', chosen.length)
  const results: object[] = []
  let different = 0
  for (const [index, { name, model, published }] of chosen.entries()) {
    bar.update(index, name)
    const comparison = compareRun(model, published)
    if (!comparison.isEqual) different++
    const { preset, ...numbers } = published
    results.push({ name, preset, ...comparison })
    terminal.line(
      `${comparison.isEqual ? '   ok' : ' FAIL'}  ${`${name} ${preset ?? ''}`.padEnd(24)} ${print(numbers)}; ${comparison.seconds.toFixed(1)} s`,
    )
    if (!comparison.isEqual) terminal.line(`         found ${print(comparison.found)}`)
  }
  bar.stop()
  const left = runs.length - chosen.length
  terminal.line(
    `${chosen.length - different} equal, ${different} different${left === 0 ? '' : `, ${left} larger than --distinct-max ${distinctMax} left out`}`,
  )
  return { exitCode: different > 0 ? 1 : 0, json: { equal: chosen.length - different, different, results } }
}

function print(numbers: object): string {
  return Object.entries(numbers)
    .flatMap(([name, value]) => {
      if (value === undefined || (Array.isArray(value) && value.length === 0)) return []
      return [`${name} ${typeof value === 'number' ? value.toLocaleString('en') : String(value)}`]
    })
    .join(', ')
}
