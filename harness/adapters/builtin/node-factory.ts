import {
  CONSENSUS_POLICY,
  type Crypto,
  chooseCrypto,
  createNode,
  InPlaceChecks,
  type ScriptChecks,
  SignatureCache,
} from '../../../impl/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { nodeChain } from './chains.ts'

/** Small enough that short runs flush and start new files often. */
const FLUSH_AFTER_BLOCKS = 5
const FILE_BYTES_MAX = 32 << 10
const VERDICTS_MAX = 200_000
/** Of each node: few enough that old ones go. */
const SIGNATURES_MAX = 5_000

/** The node's crypto backend, chosen and self-tested once. */
const nodeBackend = once(() => chooseCrypto())

export const nodeCrypto = (): Crypto => nodeBackend().crypto

/** What the node computes curves with, for people. */
export const describeNodeCrypto = (): string => nodeBackend().describe()

/**
 * Makes nodes for the simulator. They keep in their pools whatever the next block may contain, as the specification
 * does, unless configured otherwise; and since script checks are pure, all nodes share what was found out before, unless
 * `checks` says who carries them out. Signatures each node remembers for itself, as the real one does.
 */
export function createNodeFactory(checks: () => ScriptChecks = rememberedChecks()): NodeFactory {
  const crypto = nodeCrypto()
  return ({ chain, files, store, entropy, policy }) =>
    createNode({
      chain: nodeChain(chain, crypto),
      files,
      store,
      crypto,
      entropy,
      checks: checks(),
      digest: true,
      flushAfterBlocks: FLUSH_AFTER_BLOCKS,
      fileBytesMax: FILE_BYTES_MAX,
      policy: { ...CONSENSUS_POLICY, ...policy },
    })
}

function rememberedChecks(): () => ScriptChecks {
  const verdicts = new BoundedMap<string, number>(VERDICTS_MAX)
  return () =>
    new InPlaceChecks({ crypto: nodeCrypto(), verdicts, signatures: new SignatureCache(SIGNATURES_MAX) })
}

/** Forgets everything when it is full: what it holds can be computed again. */
class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #sizeMax: number

  constructor(sizeMax: number) {
    super()
    this.#sizeMax = sizeMax
  }

  override set(key: Key, value: Value): this {
    if (this.size >= this.#sizeMax) this.clear()
    return super.set(key, value)
  }
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}
