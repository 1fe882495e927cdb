import Table from 'cli-table3'
import { shareOf } from '../../simulation/index.ts'
import type { Terminal } from '../terminal.ts'

/** Says how much of the network model the tours of a campaign have seen, and where the states lie that remain. */
export function printTours(terminal: Terminal, seen: ReadonlySet<string>): ReturnType<typeof shareOf> {
  const share = shareOf(seen)
  const { states, visited, outside, groups } = share
  const table = new Table({
    head: ['network model', 'states', 'visited', 'remain'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right'],
  })
  for (const { group, states, visited } of groups)
    table.push([group, ...[states, visited, states - visited].map((count) => count.toLocaleString('en'))])
  terminal.line(table.toString())
  terminal.line(
    `network model: ${visited.toLocaleString('en')} of ${states.toLocaleString('en')} states visited (${((100 * visited) / states).toFixed(1)} %)`,
  )
  if (outside > 0) terminal.line(`fail: ${outside} states were seen that the model does not reach`)
  return share
}
