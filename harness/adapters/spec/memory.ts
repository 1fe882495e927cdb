import { createHash } from 'node:crypto'
import {
  type Ask,
  askRule,
  type Block,
  type Chain,
  createJudges,
  decodeBlock,
  type Judges,
} from '../../../spec/index.ts'

const BLOCKS_MAX = 20_000

/**
 * What the specification has found out about blocks, remembered: many nodes receive the same block, and it is judged
 * once per place. Everything remembered is a pure function of the chain, the block's bytes and its parent.
 */
export interface SpecMemory {
  /** The decoded block, the same object for the same bytes; the bytes themselves when they are no block. */
  block(bytes: Uint8Array): Block | Uint8Array
  judges(chain: Chain): Judges
  /** How rules are asked of what is not remembered. */
  readonly ask: Ask
}

/** A memory of its own; `ask` is how the rules of blocks that it does not know yet are asked. */
export function createSpecMemory(ask: Ask = askRule): SpecMemory {
  const blocks = new Map<string, Block>()
  const byArray = new WeakMap<Uint8Array, Block>()
  const judges = new WeakMap<Chain, Judges>()
  return {
    ask,
    block(bytes) {
      const seen = byArray.get(bytes)
      if (seen !== undefined) return seen
      const key = createHash('sha256').update(bytes).digest('base64')
      const block = blocks.get(key) ?? decoded(bytes)
      if (block === undefined) return bytes
      if (blocks.size >= BLOCKS_MAX) blocks.clear()
      blocks.set(key, block)
      byArray.set(bytes, block)
      return block
    },
    judges(chain) {
      const known = judges.get(chain) ?? rememberingJudges(createJudges(ask))
      judges.set(chain, known)
      return known
    },
  }
}

function decoded(bytes: Uint8Array): Block | undefined {
  const result = decodeBlock(bytes)
  return result.ok ? result.value : undefined
}

function rememberingJudges(plain: Judges): Judges {
  const contextFree = new WeakMap<Block, [ReturnType<Judges['contextFree']>]>()
  const onParent = byPlace<ReturnType<Judges['onParent']>>()
  const connect = byPlace<ReturnType<Judges['connect']>>()
  return {
    contextFree(chain, block) {
      const known = contextFree.get(block) ?? [plain.contextFree(chain, block)]
      contextFree.set(block, known)
      return known[0]
    },
    onParent: (resolved, block, parent) =>
      onParent(block, parent.hash, () => plain.onParent(resolved, block, parent)),
    connect: (resolved, block, parent, under) =>
      connect(block, parent.hash, () => plain.connect(resolved, block, parent, under)),
  }
}

/** Results by block and parent. */
function byPlace<Result>(): (block: Block, parent: string, find: () => Result) => Result {
  const places = new WeakMap<Block, Map<string, Result>>()
  return (block, parent, find) => {
    const results = places.get(block) ?? new Map<string, Result>()
    places.set(block, results)
    if (!results.has(parent)) results.set(parent, find())
    return results.get(parent)!
  }
}
