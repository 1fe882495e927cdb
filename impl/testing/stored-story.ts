import { bytesToHex, hashToHex } from '../wire/index.ts'
import { testChain, testChainFile } from './chains.ts'
import { ANYONE } from './forge.ts'
import { crypto, TestChain } from './test-chain.ts'

/** Coins of one block: what adds up to the state that it leaves. */
export interface StoredState {
  readonly height: number
  readonly digest: string
  readonly coins: number
}

/** Blocks for a node whose storage is put to the test, with the state that each of them leaves. */
export interface StoredStory {
  readonly chain: ReturnType<typeof testChainFile>
  /** Hex, parents first. */
  readonly blocks: readonly string[]
  /** Of every block that was ever mined, also of those that are a tip only in the midst of a reorganisation. */
  readonly states: ReadonlyMap<string, StoredState>
  /** The hash of the last tip. */
  readonly end: string
}

const FORK_EVERY = 20
const FAN = 20
const RIPE = 5

/**
 * A chain of payments with a reorganisation every twenty blocks. Two nodes mine it, each on its own branch, so that the
 * state behind each block is known from a node that had it as its tip.
 */
export function storedStory(length: number): StoredStory {
  const chain = testChain(crypto)
  const [first, second] = [new TestChain(chain), new TestChain(chain)]
  const blocks: string[] = []
  const states = new Map<string, StoredState>()
  const note = ({ tip, chainstate }: TestChain) =>
    states.set(hashToHex(tip.hash), {
      height: tip.height,
      digest: hashToHex(chainstate.coinDigest()),
      coins: chainstate.coinCount,
    })
  note(first)
  for (let i = 1; i <= length; i++) {
    const forks = i % FORK_EVERY === 0
    const branch = forks ? [second.mine({ extra: i })] : []
    for (const _ of branch) note(second)
    const block = first.mine({ transactions: payments(first) })
    note(first)
    if (forks) branch.push(second.mine({ extra: i }))
    blocks.push(bytesToHex(block.raw))
    second.deliver(block)
    for (const other of branch) {
      blocks.push(bytesToHex(other.raw))
      first.deliver(other)
    }
    note(first)
    note(second)
  }
  return { chain: testChainFile(crypto), blocks, states, end: hashToHex(first.tip.hash) }
}

/** Spends a ripe coinbase into many coins, and gathers three of them again. */
function payments({ tip, chainstate, forge }: TestChain) {
  const ripe = chainstate.activeAt(tip.height - RIPE)
  const coinbase =
    ripe === undefined || ripe.height === 0 ? undefined : chainstate.block(ripe)?.transactions[0]
  if (coinbase === undefined) return []
  const outputs = Array.from({ length: FAN }, () => ({ value: 0, script: ANYONE }))
  const fan = forge.spend(coinbase, 0, { outputs })
  const inputs = [0, 1, 2].map((prevIndex) => ({
    prevTxid: fan.txid,
    prevIndex,
    scriptSig: new Uint8Array(0),
    sequence: 0xffffffff,
  }))
  return [fan, forge.transaction({ inputs, outputs: [{ value: 0, script: ANYONE }] })]
}
