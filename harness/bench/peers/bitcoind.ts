import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LAST_HEIGHT, PAYMENTS, PREPARATION } from '../chain.ts'
import type { Measure } from '../measure.ts'
import { PeerError } from '../peer-error.ts'
import { connectedAt } from './update-tip.ts'

/**
 * Lets bitcoind import a file of blocks into a fresh folder and reads from its log when it connected which. Counted is
 * only the time between the last block of the preparation and the last block: reading, storing and flushing go free.
 */
export async function runBitcoind(program: string, file: string, workers: number): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bitcoind-'))
  try {
    await ended(program, [
      '-regtest',
      `-datadir=${folder}`,
      `-loadblock=${file}`,
      `-par=${workers + 1}`,
      `-stopatheight=${LAST_HEIGHT}`,
      '-connect=0',
      '-listen=0',
      '-server=0',
      '-checkblockindex=0',
      '-checkmempool=0',
      '-logtimemicros',
      '-printtoconsole=0',
    ])
    const log = readFileSync(join(folder, 'regtest', 'debug.log'), 'utf8')
    const seconds = (connectedAt(log, LAST_HEIGHT) - connectedAt(log, PREPARATION)) / 1e6
    const note = `-par=${workers + 1}, connecting only`
    return { height: LAST_HEIGHT, items: PAYMENTS, seconds, note }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ended(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new PeerError(`bitcoind ended with code ${code}`)),
    )
  })
}
