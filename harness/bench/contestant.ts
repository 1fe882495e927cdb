import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BenchKind, benchChainPath, PREPARATION } from './chain.ts'
import { type Measure, measureSchema } from './measure.ts'
import { PeerError } from './peer-error.ts'
import { runBitcoind } from './peers/bitcoind.ts'
import { runBitcoindReorganisation } from './peers/bitcoind-reorganisation.ts'

/** Someone who can be timed; each run is a process of its own. */
export interface Contestant {
  readonly name: string
  run(): Promise<Measure>
}

/** The built-in node. `selfArguments` make this very program print one measure. */
export function ownContestant(name: string, selfArguments: readonly string[]): Contestant {
  return {
    name,
    run: () => measureOfProcess(name, process.execPath, [process.argv[1]!, ...selfArguments]),
  }
}

/** `bcoin:FOLDER` or `bitcoind:PROGRAM`, taking the blocks of a chain. Throws PeerError for other texts. */
export function peerContestant(text: string, chain: BenchKind, workers: number): Contestant {
  const file = benchChainPath(chain)
  const [kind, path] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
  if ((kind !== 'bcoin' && kind !== 'bitcoind') || path === '')
    throw new PeerError(`--peer ${text}: expected bcoin:FOLDER or bitcoind:PROGRAM`)
  if (!existsSync(path)) throw new PeerError(`${path}: no such file or folder`)
  if (kind === 'bitcoind') {
    const run = chain === 'reorganisation' ? runBitcoindReorganisation : runBitcoind
    return { name: 'bitcoind', run: () => run(path, file, workers) }
  }
  if (chain === 'reorganisation')
    throw new PeerError('--peer: bcoin connects payments, and reorganises nothing')
  const script = fileURLToPath(new URL(join(peersFolder(), 'bcoin.cjs'), import.meta.url))
  return {
    name: 'bcoin',
    run: () => measureOfProcess('bcoin', process.execPath, [script, path, file, String(PREPARATION + 1)]),
  }
}

/** From the bundle in dist/, or from the source. */
function peersFolder(): string {
  return import.meta.url.endsWith('.ts') ? './peers/' : '../harness/bench/peers/'
}

function measureOfProcess(name: string, program: string, args: readonly string[]): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(measureSchema.parse(JSON.parse(output)))
      else reject(new PeerError(`${name} failed: ${complaint.trim().split('\n').at(-1) ?? `code ${code}`}`))
    })
  })
}
