import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { createRpcClient, type RpcClient, startDaemon } from '../../adapters/index.ts'
import { blockRecords } from '../block-records.ts'
import type { Measure } from '../measure.ts'
import { PeerError } from '../peer-error.ts'
import { REORGANISATION_HEIGHT, RETURNING } from '../reorganisation.ts'

const START_MS_MAX = 60_000
const POLL_MS = 200

/**
 * Hands bitcoind the blocks of a file by `submitblock` and times the last one, which has it leave a block with a long chain
 * of transactions. Counted is the whole call, until its validation queue is empty.
 */
export async function runBitcoindReorganisation(
  program: string,
  file: string,
  workers: number,
): Promise<Measure> {
  const daemon = await startDaemon({
    path: program,
    args: [
      '-regtest',
      '-datadir={datadir}',
      '-rpcport={rpcPort}',
      '-rpcuser=bench',
      '-rpcpassword=bench',
      `-par=${workers + 1}`,
      '-connect=0',
      '-listen=0',
      '-checkblockindex=0',
      '-checkmempool=0',
      '-printtoconsole=0',
    ],
  })
  const rpc = createRpcClient({ host: '127.0.0.1', port: daemon.rpcPort, credentials: 'bench:bench' })
  try {
    const answers = async () => 'result' in (await rpc.call('getblockcount', []).catch(() => ({ error: {} })))
    for (let waitedMs = 0; !(await answers()); waitedMs += POLL_MS) {
      if (waitedMs > START_MS_MAX || daemon.ended() !== undefined)
        throw new PeerError(`bitcoind does not answer: ${daemon.ended() ?? 'no sign of life'}`)
      await pause(POLL_MS)
    }
    const blocks = [...blockRecords(readFileSync(file))].map((block) => Buffer.from(block).toString('hex'))
    for (const block of blocks.slice(0, -1)) await call(rpc, 'submitblock', block)
    await call(rpc, 'syncwithvalidationinterfacequeue')
    const started = performance.now()
    await call(rpc, 'submitblock', blocks.at(-1)!)
    await call(rpc, 'syncwithvalidationinterfacequeue')
    const seconds = (performance.now() - started) / 1000
    const height = Number(await call(rpc, 'getblockcount'))
    if (height !== REORGANISATION_HEIGHT) throw new PeerError(`bitcoind's tip is at ${height}`)
    const { size } = (await call(rpc, 'getmempoolinfo')) as { size: number }
    return { height, items: RETURNING, seconds, note: `-par=${workers + 1}; ${size} are back in the pool` }
  } finally {
    rpc.close()
    daemon.stop()
  }
}

async function call(rpc: RpcClient, method: string, ...params: readonly unknown[]): Promise<unknown> {
  const answer = await rpc.call(method, params)
  if ('error' in answer) throw new PeerError(`bitcoind: ${method}: ${answer.error.message}`)
  return answer.result
}
