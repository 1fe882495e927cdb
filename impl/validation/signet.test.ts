import { describe, expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { concatBytes, hexToBytes } from '../wire/index.ts'
import { decodeBlock, isRejection } from './decode.ts'
import { checkSignetSolution } from './signet.ts'

/** Block 1 of the public signet. */
const FIRST_BLOCK =
  '00000020f61eee3b63a380a477a063af32b2bbc97c9ff9f01f2c4225e973988108000000f575c83235984e7dc4afc1f30944' +
  'c170462e84437ab6f2d52e16878a79e4678bd1914d5fae77031eccf407000101000000000101000000000000000000000000' +
  '0000000000000000000000000000000000000000ffffffff025151feffffff0200f2052a010000001600149243f727dd5343' +
  '293eb83174324019ec16c2630f0000000000000000776a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c6906897999' +
  '62b48bebd836974e8cf94c4fecc7daa2490047304402205e423a8754336ca99dbe16509b877ef1bf98d008836c725005b3c7' +
  '87c41ebe46022047246e4467ad7cc7f1ad98662afcaf14c115e0095a227c7b05c5182591c23e7e0100012000000000000000' +
  '0000000000000000000000000000000000000000000000000000000000'

const HEADER = Uint8Array.of(0xec, 0xc7, 0xda, 0xa2)
const COMMITMENT_START = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)

function decoded(bytes: Uint8Array) {
  const block = decodeBlock(bytes, crypto)
  if (isRejection(block)) throw new Error(block.detail)
  return block
}

describe('the public signet', () => {
  const chain = builtInChain('signet', crypto)!
  const bytes = hexToBytes(FIRST_BLOCK)!

  test('takes its first block', () => {
    const node = new TestChain(chain)
    expect(node.deliver(decoded(bytes))).toEqual({ outcome: 'connected' })
  })

  test('a solution altered on the way condemns the bytes, not the hash', () => {
    const changed = bytes.slice()
    changed[FIRST_BLOCK.indexOf('ecc7daa2') / 2 + 12]! ^= 1
    const node = new TestChain(chain)
    const altered = decoded(changed)
    const honest = decoded(bytes)
    expect(altered.hash).toEqual(honest.hash)
    expect(node.deliver(altered)).toMatchObject({ class: 'mutated', reason: 'bad-signet-blksig' })
    expect(node.deliver(honest)).toEqual({ outcome: 'connected' })
    const other = new TestChain({ ...chain, signetChallenge: hexToBytes('00')! })
    expect(other.deliver(honest)).toMatchObject({ class: 'invalid', reason: 'bad-signet-blksig' })
  })

  test('refuses it without its signature, at another time, and on another signet', () => {
    const solutionAt = FIRST_BLOCK.indexOf('ecc7daa2') / 2
    for (const at of [solutionAt, solutionAt + 12, 68]) {
      const changed = bytes.slice()
      changed[at]! ^= 1
      expect(checkSignetSolution(decoded(changed), chain, crypto)?.reason).toBe('bad-signet-blksig')
    }
    const other = { ...chain, signetChallenge: hexToBytes('00')! }
    expect(checkSignetSolution(decoded(bytes), other, crypto)?.reason).toBe('bad-signet-blksig')
    expect(checkSignetSolution(chain.genesis, other, crypto)).toBeUndefined()
  })
})

describe('a signet of our own', () => {
  const forty = Uint8Array.of(1, 40)

  /** The verdict on a block with this solution in its coinbase, under a challenge. */
  function fate(challenge: string, solution: Uint8Array | undefined, withCommitment = true): string {
    const node = new TestChain(testChain(crypto, { signetChallenge: challenge }))
    const committed = concatBytes(COMMITMENT_START, crypto.hash256(new Uint8Array(64)))
    const push = solution === undefined ? [] : [Uint8Array.of(4 + solution.length), HEADER, solution]
    const verdict = node.chainstate.acceptBlock(
      node.forge.block(node.tip, {
        coinbaseOutputs: [{ value: 0, script: withCommitment ? concatBytes(committed, ...push) : forty }],
        coinbaseWitness: [new Uint8Array(32)],
      }),
      LATER,
    )
    return verdict.outcome === 'rejected' ? verdict.reason : verdict.outcome
  }

  test('asks what its challenge asks', () => {
    const right = Uint8Array.of(2, ...forty, 0)
    expect(fate('012887', right)).toBe('stored')
    expect(fate('012987', right)).toBe('bad-signet-blksig')
    expect(fate('012887', Uint8Array.of(2, ...forty, 0, 0))).toBe('bad-signet-blksig')
    expect(fate('012887', Uint8Array.of(2, ...forty))).toBe('bad-signet-blksig')
    expect(fate('012887', undefined)).toBe('bad-signet-blksig')
  })

  test('needs no solution when anybody may make blocks, but a commitment', () => {
    expect(fate('51', undefined)).toBe('stored')
    expect(fate('51', undefined, false)).toBe('bad-signet-blksig')
  })
})
