import type { ChainParameters } from '../chains/index.ts'
import { meetsTarget } from '../validation/index.ts'
import { encodeHeader, type Hasher } from '../wire/index.ts'

/** Three such spaces make a period of the tiny chain, so that its difficulty stays. */
const SPACING_SECONDS = 800

/** Headers above genesis that have done their work; `salt` distinguishes chains. */
export function minedHeaders(chain: ChainParameters, hasher: Hasher, count: number, salt = 0): Uint8Array[] {
  const all: Uint8Array[] = []
  const { time, bits } = chain.genesis.header
  const merkleRoot = new Uint8Array(32).fill(salt)
  let previousHash = chain.genesis.hash
  for (let i = 1; i <= count; i++) {
    const parts = { version: 4, previousHash, merkleRoot, time: time + SPACING_SECONDS * i, bits }
    for (let nonce = 0; ; nonce++) {
      const header = encodeHeader({ ...parts, nonce })
      const hash = hasher.hash256(header)
      if (!meetsTarget(hash, bits, chain.limits.powLimit)) continue
      all.push(header)
      previousHash = hash
      break
    }
  }
  return all
}
