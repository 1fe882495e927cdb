import { builtInChain, chooseCrypto, encodeHeader } from '../../impl/index.ts'
import { blockHash, doubleSha256, HEADER_OFFSETS, uint32 } from '../wire/index.ts'
import type { Measure } from './measure.ts'
import { openOwnNode } from './own-node.ts'

const HEADERS = 100_000
const SPACING_S = 600
const VERSION = 0x20000000

/** Hands the built-in node a chain of headers, one event each. Flushing the index is timed by itself. */
export async function measureHeaders(): Promise<Measure> {
  const headers = headerChain()
  const own = openOwnNode(0)
  try {
    const started = performance.now()
    for (const bytes of headers) own.play({ kind: 'submitHeader', bytes })
    const seconds = (performance.now() - started) / 1000
    const flushMs = own.stop()
    const last = blockHash(headers.at(-1)!)
    if (own.node.view.status(last) !== 'header') throw new Error('the node does not know the last header')
    return {
      height: HEADERS,
      items: HEADERS,
      seconds,
      flushMs,
      residentBytes: process.resourceUsage().maxRSS * 1024,
      longestStepMs: own.longestStepMs(),
    }
  } finally {
    await own.dispose()
  }
}

/** Empty promises of blocks on top of regtest's genesis: right work, right times, any Merkle root. */
function headerChain(): Uint8Array[] {
  const genesis = builtInChain('regtest', chooseCrypto().crypto)?.genesis.header
  if (genesis === undefined) throw new Error('regtest is a built-in chain')
  const headers: Uint8Array[] = []
  let previousHash: Uint8Array = genesis.hash
  for (let height = 1; height <= HEADERS; height++) {
    const header = encodeHeader({
      version: VERSION,
      previousHash,
      merkleRoot: previousHash,
      time: genesis.time + height * SPACING_S,
      bits: genesis.bits,
      nonce: 0,
    })
    previousHash = mine(header)
    headers.push(header)
  }
  return headers
}

/** Counts the nonce up until the hash is below regtest's target, half of all numbers; returns the hash. */
function mine(header: Uint8Array): Uint8Array {
  for (let nonce = 0; ; nonce++) {
    header.set(uint32(nonce), HEADER_OFFSETS.nonce)
    const hash = doubleSha256(header)
    if (hash[31]! < 0x7f) return hash
  }
}
