import { describe, expect, it } from 'vitest'
import { chainByName } from '../../chains/index.ts'
import { decodeBlock, fromHex, transactionTree } from '../../encoding/index.ts'
import { encodePush } from '../../script/index.ts'
import type { Block, Hash } from '../../vocabulary/index.ts'
import { NULL_HASH } from '../../vocabulary/index.ts'
import { block, bytes, coinbase, commitmentOutput, LIMITS, output, verdict } from '../testing.ts'
import { signetSolution } from './signet-solution.ts'

const check = (subject: Block, signetChallenge?: Uint8Array) =>
  verdict(signetSolution.check({ block: subject, signetChallenge }, LIMITS))

/** A block whose commitment carries a solution of these bytes. */
function solved(...solution: number[]): Block {
  const { script } = commitmentOutput(bytes(32))
  const push = encodePush(Uint8Array.of(0xec, 0xc7, 0xda, 0xa2, ...solution))
  return block([coinbase({}, [output(0, Uint8Array.of(...script, ...push))])])
}

/** Block 1 of the public signet. [Core feature_signet.py] */
const SIGNET_BLOCK_1 =
  '00000020f61eee3b63a380a477a063af32b2bbc97c9ff9f01f2c4225e973988108000000f575c83235984e7dc4afc1f30944c170462e84437ab6f2d52e16878a79e4678bd1914d5fae77031eccf4070001010000000001010000000000000000000000000000000000000000000000000000000000000000ffffffff025151feffffff0200f2052a010000001600149243f727dd5343293eb83174324019ec16c2630f0000000000000000776a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf94c4fecc7daa2490047304402205e423a8754336ca99dbe16509b877ef1bf98d008836c725005b3c787c41ebe46022047246e4467ad7cc7f1ad98662afcaf14c115e0095a227c7b05c5182591c23e7e01000120000000000000000000000000000000000000000000000000000000000000000000000000'

const ANYONE = Uint8Array.of(0x51)
/** Asks for the number two on the stack. */
const TWO = Uint8Array.of(0x52, 0x87)

describe('signet solution', () => {
  it('is not asked for without a challenge', () => expect(check(block())).toBe('kept'))
  it('is looked for in a witness commitment', () => {
    expect(check(block(), ANYONE)).toBe('broken')
    expect(check(block([coinbase({}, [commitmentOutput(bytes(32))])]), ANYONE)).toBe('kept')
  })
  it('must solve the challenge', () => {
    expect(check(solved(1, 0x52, 0), TWO)).toBe('kept')
    expect(check(solved(1, 0x53, 0), TWO)).toBe('broken')
  })
  it('condemns the hash only where the header commits to the transactions', () => {
    const wrong = solved(1, 0x53, 0)
    const { root } = transactionTree(wrong.transactions)
    const rejectionOf = (merkleRoot: Hash) => {
      const subject = { ...wrong, header: { ...wrong.header, merkleRoot } }
      const outcome = signetSolution.check({ block: subject, signetChallenge: TWO }, LIMITS)
      return outcome === 'ok' ? outcome : outcome.rejection
    }
    expect([rejectionOf(root), rejectionOf(NULL_HASH)]).toEqual([undefined, 'mutated'])
  })
  it('is nothing when nothing follows its mark', () => expect(check(solved(), ANYONE)).toBe('kept'))
  it('signs a block of the public signet, and all of its header but bits and nonce', () => {
    const decoded = decodeBlock(fromHex(SIGNET_BLOCK_1))
    if (!decoded.ok) throw new Error(decoded.error.problem)
    const { value } = decoded
    const { signetChallenge } = chainByName('signet')!
    const changed = (changes: object) =>
      check({ ...value, header: { ...value.header, ...changes } }, signetChallenge)
    expect([changed({}), changed({ nonce: 1 }), changed({ bits: 1 })]).toEqual(['kept', 'kept', 'kept'])
    expect([changed({ time: 1 }), changed({ version: 1 }), changed({ previous: NULL_HASH })]).toEqual(
      Array(3).fill('broken'),
    )
    expect(check({ ...value, transactions: [...value.transactions, coinbase()] }, signetChallenge)).toBe(
      'broken',
    )
  })
  it('leaves the rest of the commitment as it is', () => {
    const { script } = commitmentOutput(bytes(32), 0x61, 0x00)
    const plain = block([coinbase({}, [output(0, script), output()])])
    expect(check(plain, ANYONE)).toBe('kept')
  })
  it('must be read to its end', () => {
    expect(check(solved(1, 0x52, 0, 0), TWO)).toBe('broken')
    expect(check(solved(1, 0x52), TWO)).toBe('broken')
  })
})
