import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ReasonMap } from '../conformance/daemons/reasons.ts'
import type { ChainSession, HashHex } from '../ports/engine.ts'
import { createDaemonBlocks } from './daemon-blocks.ts'
import { type DaemonCoin, digestOfCoins, readCoinDump } from './daemon-coins.ts'
import { createLooseJudge } from './daemon-loose.ts'
import type { DaemonRpc } from './daemon-methods.ts'

/** The chain of a running daemon; `datadir` is the folder of that chain, where it leaves what it is asked to write. */
export function createDaemonSession(rpc: DaemonRpc, reasons: ReasonMap, datadir: string): ChainSession {
  const blocks = createDaemonBlocks(rpc, reasons)
  const loose = createLooseJudge(rpc, reasons)
  let clock: number | undefined
  let dump: { readonly tip: HashHex; readonly coins: readonly DaemonCoin[] } | undefined

  const setClock = (now: number) => {
    if (now !== clock) rpc.ask('setmocktime', now)
    clock = now
  }
  const following = <Result>(work: () => Result): Result => {
    const { hash } = rpc.tip()
    const result = work()
    if (rpc.placeOf(hash) !== 'active') loose.reorganised()
    return result
  }
  const coins = (): readonly DaemonCoin[] => {
    const { hash } = rpc.tip()
    if (dump?.tip !== hash) dump = { tip: hash, coins: dumpCoins(rpc, datadir) }
    return dump.coins
  }

  return {
    deliverHeader(header, now) {
      setClock(now)
      return blocks.judgeHeader(header)
    },
    deliverBlock(block, now) {
      setClock(now)
      return following(() => blocks.judge(block))
    },
    deliverTransaction(transaction, now) {
      setClock(now)
      return loose.judge(transaction)
    },
    tip: rpc.tip,
    medianTimePast: rpc.medianTime,
    mempool: () => rpc.ask('getrawmempool') as HashHex[],
    coinDigest: () => digestOfCoins(coins()),
    coinCount: () => coins().length,
    balanceOf(script) {
      const wanted = bytesToHex(script)
      return coins().reduce((sum, coin) => (bytesToHex(coin.script) === wanted ? sum + coin.value : sum), 0n)
    },
    invalidate: (block) => following(() => blocks.overrule('invalidateblock', block)),
    reconsider: (block) => following(() => blocks.overrule('reconsiderblock', block)),
  }
}

const DUMP = 'touchstone-coins.dat'

function dumpCoins(rpc: DaemonRpc, datadir: string): DaemonCoin[] {
  const file = join(datadir, DUMP)
  rmSync(file, { force: true })
  rpc.ask('dumptxoutset', file, 'latest')
  return readCoinDump(readFileSync(file))
}
