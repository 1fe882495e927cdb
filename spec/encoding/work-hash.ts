import { scrypt } from '@noble/hashes/scrypt.js'
import type { Hash, Header } from '../vocabulary/index.ts'
import { blockHash, encodeHeader } from './block.ts'
import { hashOfBytes } from './hashes.ts'

/** What a proof-of-work function makes of a header. [Litecoin: scrypt with N 1024, r 1, p 1, the header as its own salt] */
export function workHash(proofOfWork: 'sha256d' | 'scrypt', header: Header): Hash {
  if (proofOfWork === 'sha256d') return blockHash(header)
  const bytes = encodeHeader(header)
  return hashOfBytes(scrypt(bytes, bytes, { N: 1024, r: 1, p: 1, dkLen: 32 }))
}
