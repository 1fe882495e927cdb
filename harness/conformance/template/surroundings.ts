import type { ChainFile, CoinOrigin, SpentOutput } from '../../ports/index.ts'
import { displayHash, hexToBytes, toBigInt } from '../../wire/index.ts'
import type { CandidateTransaction } from './read-candidate.ts'

/** Asks a node of Bitcoin Core's RPC: the result, or undefined where it answers with an error. */
export type AskNode = (method: string, ...params: unknown[]) => Promise<unknown>

/** A coin that a candidate spends. */
export interface CandidateCoin extends SpentOutput {
  readonly origin: CoinOrigin
}

/** What a node knows of the chain below a candidate. */
export interface Surroundings {
  /** Hash of its first block. */
  readonly genesis: string
  readonly tip: string
  /** Of the next block. */
  readonly height: number
  /** Of the tip, Unix seconds. */
  readonly medianTime: number
  /** Headers without a gap, the tip's last: as many as the next block's rules may ask for. */
  readonly ancestors: readonly Uint8Array[]
  /** One for each input, the coinbase left out; undefined: there is no such coin. */
  readonly coins: readonly (CandidateCoin | undefined)[]
}

interface ChainInfo {
  readonly blocks: number
  readonly bestblockhash: string
  readonly mediantime: number
}
interface CoinAnswer {
  readonly value: number
  readonly confirmations: number
  readonly coinbase: boolean
  readonly scriptPubKey: { readonly hex: string }
}

const SATS_IN_COIN = 1e8

/** @throws Error in one line where the node does not say where it stands */
export async function askSurroundings(
  ask: AskNode,
  spending: readonly CandidateTransaction[],
  limitsOf: (genesis: string) => ChainFile['limits'],
): Promise<Surroundings> {
  const info = (await ask('getblockchaininfo')) as ChainInfo | undefined
  if (info === undefined) throw new Error('it does not answer getblockchaininfo')
  const genesis = String(await ask('getblockhash', 0))
  const medianTimeAt = medianTimes(ask)
  const made = new Map(spending.map((transaction) => [displayHash(transaction.id), transaction.raw.outputs]))
  const coins: (CandidateCoin | undefined)[] = []
  for (const { raw } of spending)
    for (const { txid, index } of raw.inputs) coins.push(await coinOf(displayHash(txid), index))
  return {
    genesis,
    tip: info.bestblockhash,
    height: info.blocks + 1,
    medianTime: info.mediantime,
    ancestors: await headersDown(ask, info, limitsOf(genesis)),
    coins,
  }

  async function coinOf(txid: string, index: number): Promise<CandidateCoin | undefined> {
    const { blocks, mediantime } = info!
    const output = made.get(txid)?.[index]
    if (output !== undefined)
      return { ...output, origin: { height: blocks + 1, isCoinbase: false, medianTime: mediantime } }
    const answer = (await ask('gettxout', txid, index, false)) as CoinAnswer | null | undefined
    if (answer === null || answer === undefined) return undefined
    const height = blocks - answer.confirmations + 1
    return {
      value: BigInt(Math.round(answer.value * SATS_IN_COIN)),
      script: hexToBytes(answer.scriptPubKey.hex),
      origin: {
        height,
        isCoinbase: answer.coinbase,
        medianTime: await medianTimeAt(Math.max(height - 1, 0)),
      },
    }
  }
}

/**
 * The headers that a median is taken of; where the next difficulty depends on more than the parent, those of the whole
 * period and the one below it.
 */
async function headersDown(
  ask: AskNode,
  { bestblockhash, blocks }: ChainInfo,
  { medianTimeSpanBlocks, retargetIntervalBlocks, allowMinDifficulty }: ChainFile['limits'],
): Promise<Uint8Array[]> {
  const isNewPeriod = (blocks + 1) % retargetIntervalBlocks === 0
  const inPeriod = isNewPeriod || allowMinDifficulty ? (blocks % retargetIntervalBlocks) + 2 : 0
  const count = Math.min(Math.max(medianTimeSpanBlocks, inPeriod), blocks + 1)
  const headers: Uint8Array[] = []
  for (let hash = bestblockhash; headers.length < count; ) {
    const hex = await ask('getblockheader', hash, false)
    if (typeof hex !== 'string') throw new Error(`it does not answer getblockheader of ${hash}`)
    const header = hexToBytes(hex)
    headers.unshift(header)
    hash = previousOf(header)
  }
  return headers
}

/** Median times by height, each asked for once. */
function medianTimes(ask: AskNode): (height: number) => Promise<number> {
  const known = new Map<number, number>()
  return async (height) => {
    const before = known.get(height)
    if (before !== undefined) return before
    const header = (await ask('getblockheader', await ask('getblockhash', height))) as
      | { readonly mediantime: number }
      | undefined
    if (header === undefined) throw new Error(`it does not answer getblockheader of height ${height}`)
    known.set(height, header.mediantime)
    return header.mediantime
  }
}

/** Sats that a transaction leaves to the miner. */
export function feeOf({ raw }: CandidateTransaction, coins: readonly SpentOutput[]): bigint {
  const sum = (outputs: readonly { readonly value: bigint }[]) =>
    outputs.reduce((total, { value }) => total + value, 0n)
  return sum(coins) - sum(raw.outputs)
}

/** The hash of the block that a header stands on, as people write it. */
export function previousOf(header: Uint8Array): string {
  return toBigInt(header.subarray(4, 36)).toString(16).padStart(64, '0')
}
