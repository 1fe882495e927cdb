import { expect, test } from 'vitest'
import { crypto } from '../testing/test-chain.ts'
import { bytesToHex } from './bytes.ts'
import { createMerkleProof, decodeMerkleProof, encodeMerkleProof, verifyMerkleProof } from './merkle-proof.ts'

const txids = (count: number) =>
  Array.from({ length: count }, (_, i) => crypto.sha256(Uint8Array.of(i, i >> 8)))
const rootOf = (ids: readonly Uint8Array[]): Uint8Array => {
  if (ids.length === 1) return ids[0]!
  const pairs = Array.from({ length: Math.ceil(ids.length / 2) }, (_, i) =>
    crypto.hash256(Buffer.concat([ids[2 * i]!, ids[2 * i + 1] ?? ids[2 * i]!])),
  )
  return rootOf(pairs)
}

test.each([1, 2, 3, 5, 33, 257])('of %i leaves any one is shown, also as it travels', (count) => {
  const ids = txids(count)
  for (const index of new Set([0, count >> 1, count - 1])) {
    const sent = encodeMerkleProof(createMerkleProof(ids, new Set([index]), crypto))
    const leaves = verifyMerkleProof(decodeMerkleProof(sent), rootOf(ids), count, crypto)
    expect(leaves?.map((leaf) => [leaf.index, bytesToHex(leaf.txid)])).toEqual([
      [index, bytesToHex(ids[index]!)],
    ])
  }
})

test('flags by the thousand beside one hash cost nothing, and show nothing', () => {
  const [id] = txids(1)
  const proof = createMerkleProof([id!], new Set([0]), crypto)
  const flags = [...proof.flags, ...Array<boolean>(400_000).fill(true)]
  const heard = decodeMerkleProof(encodeMerkleProof({ ...proof, flags }))
  expect(heard.flags.length).toBeLessThan(50)
  expect(verifyMerkleProof(heard, id!, 1, crypto)).toBeUndefined()
})
