import { makeFault, orNothing } from '../../generators/index.ts'
import type { CompiledBlock } from '../../scenario/index.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import { spendAnew } from './forks.ts'

/** Hands a node a block with one fault, then perhaps the honest bytes, and blocks built upon it. */
export function badBlock(director: Director, { node, flaw, children, byPeer }: ActOf<'bad-block'>): void {
  const host = director.host(node)
  if (!host.running) return
  const parent = director.tipOf(host)
  const blocks = orNothing(() => flawedBlocks(director, parent, flaw))
  if (blocks === undefined) return
  for (let child = 0; child < children && !director.isHard(blocks.at(-1)!); child++)
    blocks.push(director.addBlock({ extends: blocks.at(-1)!.name }))
  director.world.mark('invalid-block')
  director.send(
    blocks.map((block) => block.name),
    [host],
    { via: byPeer ? 'peer' : 'submit' },
  )
}

/** What comes first, the flawed block, and the honest one that shares its hash; undefined where this chain has no such fault. */
function flawedBlocks(director: Director, parent: CompiledBlock, flaw: number): CompiledBlock[] | undefined {
  const coins = director.matureCoinsAt(parent)
  const coin = coins[flaw % Math.max(1, coins.length)]
  const transactions = coin === undefined ? [] : [spendAnew(director, coin, flaw)]
  const honest = { extends: parent.name, transactions }
  // Its low digits say which fault, its high ones on which side of the limit.
  const choice = Math.floor(flaw / 100)
  const fault = makeFault(flaw, { draft: director, parent, honest, choice })
  if (fault === undefined) return undefined
  const { before = [], faulty, original } = fault
  return [...before, director.addBlock(faulty), ...(original === undefined ? [] : [original])]
}
