import fc from 'fast-check'
import { makeFault, orNothing } from '../../../generators/index.ts'
import type { CompiledBlock } from '../../../scenario/index.ts'
import { actKind, choice, node } from '../../act.ts'
import { spendWhole } from '../branches.ts'
import type { Director } from '../director.ts'
import { namesOf } from '../spending.ts'

/** Hands a node a block with one fault, then perhaps the honest bytes, and blocks built upon it. */
export const invalidBlock = actKind({
  name: 'invalid-block',
  weight: 8,
  choices: () => fc.record({ node, fault: choice, children: fc.nat(2), byPeer: fc.boolean() }),
  play(director: Director, { node, fault, children, byPeer }) {
    const host = director.host(node)
    if (!host.running) return
    const parent = director.tipOf(host)
    const blocks = orNothing(() => faultyBlocks(director, parent, fault))
    if (blocks === undefined) return
    for (let child = 0; child < children && !director.isHard(blocks.at(-1)!); child++)
      blocks.push(director.addBlock({ extends: blocks.at(-1)!.name }))
    director.mark('invalid-block')
    director.send(namesOf(blocks), [host], { via: byPeer ? 'peer' : 'submit' })
  },
})

/** What comes first, the faulty block, and the honest one that shares its hash; undefined where this chain has no such fault. */
function faultyBlocks(director: Director, parent: CompiledBlock, which: number): CompiledBlock[] | undefined {
  const coins = director.matureCoinsAt(parent)
  const coin = coins[which % Math.max(1, coins.length)]
  const transactions = coin === undefined ? [] : [spendWhole(director, coin, which)]
  const honest = { extends: parent.name, transactions }
  // Its low digits say which fault, its high ones on which side of the limit.
  const side = Math.floor(which / 100)
  const fault = makeFault(which, { draft: director, parent, honest, choice: side })
  if (fault === undefined) return undefined
  const { before = [], faulty, original } = fault
  return [...before, director.addBlock(faulty), ...(original === undefined ? [] : [original])]
}
