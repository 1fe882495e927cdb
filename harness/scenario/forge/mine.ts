import { expandBits, HEADER_OFFSETS, meetsTarget, type ProofOfWork, uint32 } from '../../wire/index.ts'
import { ScenarioError } from '../error.ts'

/**
 * Searches nonces from 0 for a hash that meets the target of these bits, or misses it; writes the nonce into a copy of
 * the header. @throws ScenarioError at `path` before it starts, when all blocks together would take too many hashes
 */
export type Miner = (header: Uint8Array, bits: number, wanted: 'meets' | 'misses', path: string) => Uint8Array

/** The miner of one scenario, with some ten seconds of work for one core. */
export function createMiner(proofOfWork: ProofOfWork, hashesMax: bigint = HASHES_MAX[proofOfWork]): Miner {
  let hashes = 0n
  return (header, bits, wanted, path) => {
    const expected = hashesExpected(expandBits(bits), wanted)
    hashes += expected
    if (hashes > hashesMax)
      throw new ScenarioError(
        path,
        `bits ${bits.toString(16).padStart(8, '0')} take about ${approximately(expected)} hashes to mine; expected at most ${hashesMax} for all blocks`,
      )
    const candidate = Uint8Array.from(header)
    for (let nonce = 0; nonce <= NONCE_MAX; nonce++) {
      candidate.set(uint32(nonce), HEADER_OFFSETS.nonce)
      if (meetsTarget(candidate, bits, proofOfWork) === (wanted === 'meets')) return candidate
    }
    throw new ScenarioError(path, `no nonce ${wanted} the target of bits ${bits.toString(16)}`)
  }
}

const HASHES = 1n << 256n

/** On average, as many hashes are tried. */
function hashesExpected(target: bigint, wanted: 'meets' | 'misses'): bigint {
  const good = wanted === 'meets' ? target + 1n : HASHES - target - 1n
  return good <= 0n ? HASHES : HASHES / good
}

function approximately(hashes: bigint): string {
  return hashes < 1n << 40n ? String(hashes) : `2^${hashes.toString(2).length - 1}`
}

const NONCE_MAX = 0xffffffff

const HASHES_MAX: Readonly<Record<ProofOfWork, bigint>> = { sha256d: 1n << 20n, scrypt: 1n << 12n }
