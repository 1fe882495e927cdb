import { type Addition, type RunRecord, stateAt } from '../../reports/index.ts'
import type { CompiledScenario } from '../scenario/index.ts'

/** Between two additions the network comes to rest. */
const GAP_MS = 5_000

/** What a reader saw at the end of a story that went on, as the expectations of its file. */
export function expectTips(records: readonly RunRecord[], untilMs: number): object[] {
  return stateAt(records, untilMs).flatMap(({ name, state, tip }) =>
    state === 'running' && tip !== undefined
      ? [{ do: 'expect', at: untilMs, nodes: [name], tip: tip.item }]
      : [],
  )
}

/** A story cut at a moment, with what a reader added after it. */
export interface ContinuedStory {
  /** As a scenario file holds it. */
  readonly story: { readonly steps: readonly object[]; readonly [part: string]: unknown }
  /** Play at least until then. */
  readonly untilMs: number
}

/** Keeps what happened until `fromMs`, then does what was added, five seconds of virtual time apart. */
export function continueStory(
  { scenario, steps }: CompiledScenario,
  fromMs: number,
  added: readonly Addition[],
): ContinuedStory {
  const kept = steps.filter(({ at }) => at <= fromMs).map(({ index: _, ...step }) => step)
  const blocks: Record<string, unknown> = { ...scenario.blocks }
  let at = fromMs
  const more = added.flatMap(({ kind, names }): object[] => {
    const steps = kind === 'wait' ? [] : stepsOf(kind, names, blocks)
    const placed = steps.map((step) => ({ ...step, at }))
    at += kind === 'wait' ? 1000 * Number(names[0]) : GAP_MS
    return placed
  })
  return { story: { ...scenario, blocks, steps: [...kept, ...more] }, untilMs: at }
}

/** The steps of one addition; a mined block joins `blocks`. */
function stepsOf(
  kind: Exclude<Addition['kind'], 'wait'>,
  [first = '', second = '']: readonly string[],
  blocks: Record<string, unknown>,
): object[] {
  switch (kind) {
    case 'deliver':
      return [send(first, second)]
    case 'mine': {
      const name = freshName(blocks)
      blocks[name] = { extends: first }
      return [send(name, second)]
    }
    case 'invalidate':
    case 'reconsider':
      return [{ do: kind, block: first, node: second }]
    case 'partition':
      return [{ do: 'partition', groups: [first.split('+'), second.split('+')] }]
    case 'heal':
      return [{ do: 'heal' }]
    default:
      return [{ do: kind, node: first }]
  }
}

function send(item: string, node: string): object {
  return { do: 'send', items: [item], to: [node] }
}

/** `mined1`, `mined2`, …: the first that no block of the story has. */
function freshName(blocks: Readonly<Record<string, unknown>>): string {
  let number = 1
  while (Object.hasOwn(blocks, `mined${number}`)) number++
  return `mined${number}`
}
