import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ChainFile, ChainSession, HashHex } from '../../ports/index.ts'
import {
  blockHash,
  bytesToHex,
  digestOfCoins,
  parentHash,
  type RawCoin,
  type WireMessage,
} from '../../wire/index.ts'
import { createDaemonBlocks } from './blocks.ts'
import { readCoinDump } from './coins.ts'
import { logged, mutationIn } from './log.ts'
import type { DaemonRpc } from './methods.ts'
import type { ReasonMap } from './reasons.ts'
import { createPoolJudge } from './unconfirmed.ts'

/** What is known of a daemon that runs. */
export interface RunningDaemon {
  readonly rpc: DaemonRpc
  /** Sends a message as a peer and waits until it has been dealt with. */
  send(message: WireMessage): void
  readonly reasons: ReasonMap
  readonly proofOfWork: ChainFile['proofOfWork']
  readonly looksUpFirst: boolean
  /** Unconfirmed transactions are judged. */
  readonly hasPool: boolean
  readonly coinDump: readonly string[]
  /** The folder of its chain, where it keeps its log and leaves what it is asked to write. */
  readonly folder: string
}

/** The chain of a running daemon. */
export function createDaemonSession({
  rpc,
  send,
  reasons,
  proofOfWork,
  looksUpFirst,
  hasPool,
  coinDump,
  folder,
}: RunningDaemon): ChainSession {
  const log = join(folder, 'debug.log')
  const blocks = createDaemonBlocks({
    rpc,
    reasons,
    proofOfWork,
    looksUpFirst,
    mutationOf: (block) => mutationIn(logged(log, () => send({ command: 'block', payload: block }))),
  })
  const pool = createPoolJudge(rpc, reasons)
  let clock: number | undefined
  let dump: { readonly tip: HashHex; readonly coins: readonly RawCoin[] } | undefined

  const setClock = (now: number) => {
    if (now !== clock) rpc.ask('setmocktime', now)
    clock = now
  }
  /** Does something that may move the tip; `branches`: those that were tried by that, whether or not they stayed. */
  const following = <Result>(
    work: () => Result,
    branches: (oldTip: HashHex) => readonly HashHex[],
  ): Result => {
    const { hash } = rpc.tip()
    const before = hasPool ? pool.pool() : []
    const result = work()
    if (!hasPool) return result
    const left = rpc.placeOf(hash) === 'active' ? [] : [hash]
    const tips = [...left, ...branches(hash)]
    if (tips.length > 0) pool.reorganised(tips, before)
    return result
  }
  /**
   * A block that was kept beside the chain may have been tried, it or what was waiting for it: then the chain went down,
   * up that branch and back, and what the branch held was offered to the pool. [Core ActivateBestChainStep]
   */
  const triedBy = (block: Uint8Array) => (oldTip: HashHex) => {
    const hash = blockHash(block)
    const isTried = parentHash(block) !== oldTip && rpc.placeOf(hash) === 'aside' && rpc.holds(hash)
    return isTried ? rpc.failedTips() : []
  }
  const coins = (): readonly RawCoin[] => {
    const { hash } = rpc.tip()
    if (dump?.tip !== hash) dump = { tip: hash, coins: dumpCoins(rpc, folder, coinDump) }
    return dump.coins
  }

  return {
    deliverHeader(header, now) {
      setClock(now)
      return blocks.judgeHeader(header)
    },
    deliverBlock(block, now) {
      setClock(now)
      return following(() => blocks.judge(block), triedBy(block))
    },
    deliverTransaction(transaction, now) {
      setClock(now)
      return pool.judge(transaction)
    },
    tip: rpc.tip,
    medianTimePast: rpc.medianTime,
    mempool: () => rpc.ask('getrawmempool') as HashHex[],
    ...(hasPool ? { abstainsFrom: pool.abstainsFrom } : {}),
    coinDigest: () => digestOfCoins(coins()),
    coinCount: () => coins().length,
    balanceOf(script) {
      const wanted = bytesToHex(script)
      return coins().reduce((sum, coin) => (bytesToHex(coin.script) === wanted ? sum + coin.value : sum), 0n)
    },
    invalidate: (block) => following(() => blocks.override('invalidateblock', block), rpc.failedTips),
    reconsider: (block) => following(() => blocks.override('reconsiderblock', block), rpc.failedTips),
  }
}

const DUMP = 'touchstone-coins.dat'

function dumpCoins(rpc: DaemonRpc, folder: string, coinDump: readonly string[]): RawCoin[] {
  const file = join(folder, DUMP)
  rmSync(file, { force: true })
  rpc.ask('dumptxoutset', file, ...coinDump)
  return readCoinDump(readFileSync(file))
}
