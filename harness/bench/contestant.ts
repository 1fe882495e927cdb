import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Target } from '../adapters/index.ts'
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

/** What it takes to time a peer of this name on a chain, by its path. */
type PeerRun = (path: string, chain: BenchKind, workers: number) => Promise<Measure>

const PEERS: Readonly<Record<string, PeerRun>> = {
  bitcoind: (path, chain, workers) => {
    const run = chain === 'reorganisation' ? runBitcoindReorganisation : runBitcoind
    return run(path, benchChainPath(chain), workers)
  },
  bcoin: (folder, chain) => {
    const args = [bcoinScript(), folder, benchChainPath(chain), String(PREPARATION + 1)]
    return measureOfProcess('bcoin', process.execPath, args)
  },
}

/** Peers that connect payments, and reorganise nothing. */
const ONLY_FORWARD: ReadonlySet<string> = new Set(['bcoin'])

/** The nodes that can be timed beside the built-in one. */
export const PEER_NAMES: readonly string[] = Object.keys(PEERS)

/** A target that `--node` may name too, taking the blocks of a chain. @throws PeerError where it cannot be timed */
export function peerContestant(
  { text, name, argument }: Target,
  chain: BenchKind,
  workers: number,
): Contestant {
  const run = PEERS[name]
  if (run === undefined) throw new PeerError(`--peer ${text}: only ${PEER_NAMES.join(' and ')} can be timed`)
  if (!existsSync(argument)) throw new PeerError(`${argument}: no such file or folder`)
  if (chain === 'reorganisation' && ONLY_FORWARD.has(name))
    throw new PeerError(`--peer ${text}: ${name} connects payments, and reorganises nothing`)
  return { name, run: () => run(argument, chain, workers) }
}

const bcoinScript = () => fileURLToPath(new URL(join(peersFolder(), 'bcoin.cjs'), import.meta.url))

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
