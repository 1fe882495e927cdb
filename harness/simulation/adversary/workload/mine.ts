import fc from 'fast-check'
import { actKind, choice, node } from '../../act.ts'
import { timed } from '../branches.ts'
import type { Director } from '../director.ts'

/** What is mined at one node. */
export interface MiningRun {
  readonly node: number
  readonly count: number
  readonly pace: number
}

/** Mines on a node's tip, with what lies in its mempool, and hands the blocks to it. */
export const mine = actKind({
  name: 'mine',
  weight: 16,
  choices: () => fc.record({ node, count: fc.integer({ min: 1, max: 4 }), pace: choice }),
  play: mineAt,
})

/** Mines at once. */
export function mineAt(director: Director, { node, count, pace }: MiningRun): void {
  const host = director.host(node)
  if (!host.running) return
  let parent = director.tipOf(host)
  let transactions = director.mempoolOf(host)
  for (let index = 0; index < count; index++) {
    parent = director.addBlock(timed(director, parent, pace, { extends: parent.name, transactions }))
    transactions = []
    director.send([parent.name], [host])
  }
}
