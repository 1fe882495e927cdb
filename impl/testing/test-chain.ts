import type { ChainParameters } from '../chains/index.ts'
import { type BlockNode, Chainstate, type ChainstateOptions } from '../chainstate/index.ts'
import { chooseCrypto, MemoryFiles, MemoryOrderedStore } from '../platform/index.ts'
import { InPlaceChecks } from '../script-engine/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import type { Block } from '../wire/index.ts'
import { type BlockOptions, Forge } from './forge.ts'

export const crypto = chooseCrypto().crypto

/** Far after every block that tests make. */
export const LATER = 4_000_000_000

/** A chainstate with a forge: what a test of whole blocks needs. */
export class TestChain {
  readonly chainstate: Chainstate
  readonly forge: Forge

  constructor(chain: ChainParameters, options: Partial<ChainstateOptions> = {}) {
    this.chainstate = new Chainstate({
      chain,
      files: new MemoryFiles(),
      store: new MemoryOrderedStore(),
      crypto,
      checks: new InPlaceChecks({ crypto }),
      digest: true,
      ...options,
    })
    this.forge = new Forge(chain, crypto)
  }

  get tip(): BlockNode {
    return this.chainstate.tip
  }

  /** Delivers a block and returns what became of it when all is settled. */
  deliver(block: Block, now = LATER): BlockVerdict {
    const verdict = this.chainstate.acceptBlock(block, now)
    while (this.chainstate.connectNext());
    return verdict.outcome === 'stored' ? this.chainstate.verdictOf(block.hash)! : verdict
  }

  /** Mines on a block of the tree, the tip if none is named. Throws when the result is not connected or stored. */
  mine(options: BlockOptions = {}, parent: BlockNode = this.tip): Block {
    const block = this.forge.block(parent, options)
    const verdict = this.deliver(block)
    if (verdict.outcome !== 'connected' && verdict.outcome !== 'stored')
      throw new Error(`the block was not taken: ${JSON.stringify(verdict)}`)
    return block
  }

  mineMany(count: number): Block[] {
    return Array.from({ length: count }, () => this.mine())
  }

  node(block: Block): BlockNode {
    return this.chainstate.node(block.hash)!
  }
}
