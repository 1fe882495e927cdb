import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { chainLookup } from '../../adapters/index.ts'
import {
  bytesToHex,
  displayHash,
  doubleSha256,
  expandBits,
  hexToBytes,
  merkleRoot,
  parseTransaction,
  toBigInt,
} from '../../wire/index.ts'
import {
  type BlockSource,
  blockSchema,
  type Lock,
  type TransactionSource,
  transactionSchema,
} from '../format/index.ts'
import { blockBytes, subsidyAt } from './block.ts'
import { compactBits, nextBits } from './difficulty.ts'
import { createForge } from './forge.ts'
import { createKeyRing } from './keys.ts'
import { tweakedSecret } from './lock.ts'
import { legacySighash, witnessSighash } from './sighash.ts'
import { rawTransaction, sats } from './transaction.ts'

const tiny = chainLookup('tiny')!

function forgeOf(blocks: Record<string, BlockSource>, transactions: Record<string, TransactionSource> = {}) {
  const map = <S, T>(specs: Record<string, S>, parse: (spec: S) => T) =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, parse(spec)]))
  return createForge(tiny, 1_600_000_000, {
    keys: ['alice', 'bob'],
    blocks: map(blocks, (spec) => blockSchema.parse(spec)),
    transactions: map(transactions, (spec) => transactionSchema.parse(spec)),
  })
}

describe('the forge makes bytes the world knows', () => {
  it("block 1 of Bitcoin's main chain: id of its coinbase, Merkle root, hash", () => {
    const coinbase = rawTransaction(
      'coinbase',
      hexToBytes(
        '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff0704ffff001d0104ffffffff0100f2052a0100000043410496b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52da7589379515d4e0a604f8141781e62294721166bf621e73a82cbf2342c858eeac00000000',
      ),
    )
    expect(coinbase.compiled.hash).toBe('0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098')
    const header = hexToBytes(
      `010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000${bytesToHex(
        merkleRoot([coinbase.id]),
      )}61bc6649ffff001d01e36299`,
    )
    expect(displayHash(doubleSha256(header))).toBe(
      '00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048',
    )
    expect(blockBytes({ header, transactions: [coinbase] }).length).toBe(215)
  })

  it('compact bits: genesis of main, the easiest of regtest, a mantissa whose top bit is set', () => {
    expect(expandBits(0x1d00ffff)).toBe(0xffffn << 208n)
    expect(compactBits(0xffffn << 208n)).toBe(0x1d00ffff)
    expect(compactBits((1n << 255n) - 1n)).toBe(0x207fffff)
    expect(compactBits(0x80n)).toBe(0x02008000)
  })

  it("Bitcoin's first change of difficulty, at block 32256", () => {
    const limits = {
      ...tiny.limits,
      retargetIntervalBlocks: 2016,
      powLimit: `00000000ffff${'0'.repeat(52)}`,
    }
    const parent = { height: 32255, time: 1262152739, bits: 0x1d00ffff }
    const first = { height: 30240, time: 1261130161, bits: 0x1d00ffff }
    expect(nextBits({ ...tiny, limits }, parent, 0, () => first)).toBe(0x1d00d86a)
  })

  it('mined headers meet their target, failed ones miss it', () => {
    const forge = forgeOf({ good: { extends: 'genesis' }, bad: { extends: 'genesis', mine: 'fail' } })
    const proof = (name: string) => toBigInt(doubleSha256(forge.block(name).header))
    expect(proof('good') <= expandBits(forge.block('good').bits)).toBe(true)
    expect(proof('bad') > expandBits(forge.block('bad').bits)).toBe(true)
  })

  it('signatures of P2PKH and P2WPKH verify under their keys', () => {
    const lock = (type: 'p2pkh' | 'p2wpkh'): Lock => ({ key: 'alice', type })
    for (const type of ['p2pkh', 'p2wpkh'] as const) {
      const forge = forgeOf(
        { b1: { extends: 'genesis', coinbase: { to: lock(type) } } },
        { t1: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'bob', value: 'rest' }] } },
      )
      const transaction = parseTransaction(forge.transaction('t1').bytes)!
      const input = transaction.inputs[0]!
      const isLegacy = type === 'p2pkh'
      const signature = isLegacy ? input.scriptSig.slice(1, 1 + input.scriptSig[0]!) : input.witness[0]!
      const key = isLegacy ? input.scriptSig.slice(-33) : input.witness[1]!
      const code = forge.script({ key: 'alice', type: 'p2pkh' })
      const digest = isLegacy
        ? legacySighash(transaction, 0, code, 1)
        : witnessSighash(transaction, 0, code, subsidyAt(1, tiny.limits), 1)
      expect(secp256k1.verify(signature.slice(0, -1), digest, key, { prehash: false, format: 'der' })).toBe(
        true,
      )
      expect(signature.at(-1)).toBe(1)
    }
  })

  it('the key of a P2TR output is tweaked as BIP341 says, secret and public alike', () => {
    const secret = hexToBytes('6b973d88838f27366ed61c9ad6367663045cb456e28335c109e30717ae0c6baa')
    const key = {
      name: 'x',
      secret,
      publicKey: secp256k1.getPublicKey(secret),
      xOnly: schnorr.getPublicKey(secret),
    }
    expect(bytesToHex(tweakedSecret(key))).toBe(
      '2405b971772ad26915c8dcdf10f238753a9b837e5f8e6a86fd7c0cce5b7296d9',
    )
    const alice = createKeyRing(['alice'])('alice', '')
    const output = bytesToHex(forgeOf({}).script({ key: 'alice', type: 'p2tr' }))
    expect(output).toBe(`5120${bytesToHex(schnorr.getPublicKey(tweakedSecret(alice)))}`)
  })

  it('amounts: numbers, digits, coins', () => {
    expect([sats(5), sats('9223372036854775807'), sats('12.5 coins'), sats('-1')]).toEqual([
      5n,
      9223372036854775807n,
      1_250_000_000n,
      -1n,
    ])
  })

  it('the subsidy halves at its height and ends after 64 halvings', () => {
    const at = (height: number) => subsidyAt(height, tiny.limits)
    expect([at(5), at(6), at(7), at(6 * 63), at(6 * 64)]).toEqual([
      5000000000n,
      2500000000n,
      2500000000n,
      0n,
      0n,
    ])
  })

  it('a coinbase claims subsidy and fees, and commits to witnesses when there are any', () => {
    const forge = forgeOf(
      {
        b1: { extends: 'genesis', coinbase: { to: { key: 'alice', type: 'p2wpkh' } } },
        b2: { extends: 'b1', transactions: ['t1'] },
      },
      { t1: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'bob', value: '49 coins' }] } },
    )
    const { outputs } = forge.block('b2').coinbase
    expect(outputs[0]!.value).toBe(51_00000000n)
    expect(bytesToHex(outputs[1]!.script)).toMatch(/^6a24aa21a9ed[0-9a-f]{64}$/)
  })

  it('an edited block keeps its hash when only a witness or a repetition differs', () => {
    const forge = forgeOf(
      {
        b1: { extends: 'genesis' },
        b2: { extends: 'b1', transactions: ['t1', 't2'], coinbase: { witnessCommitment: 'always' } },
        repeated: { copyOf: 'b2', repeatLast: 1 },
        bloated: { copyOf: 'b2', edits: [{ transaction: 0, witness: ['11'] }] },
        edited: { copyOf: 'b2', edits: [{ field: 'merkleRoot', bytes: '00'.repeat(32) }], mine: 'after' },
      },
      {
        t1: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'anyone', value: 'rest' }] },
        t2: { inputs: [{ spends: 't1:0' }], outputs: [{ to: 'anyone', value: 'rest' }] },
      },
    )
    const { hash, bytes } = forge.block('b2')
    for (const name of ['repeated', 'bloated']) {
      expect(forge.block(name).hash).toBe(hash)
      expect(bytesToHex(forge.block(name).bytes)).not.toBe(bytesToHex(bytes))
    }
    expect(forge.block('edited').hash).not.toBe(hash)
    const root = (leaves: readonly Uint8Array[]) => bytesToHex(merkleRoot(leaves))
    const ids = [forge.block('b2').coinbase, ...forge.block('repeated').transactions].map(({ hash: id }) =>
      hexToBytes(id).reverse(),
    )
    expect(root(ids)).toBe(root(ids.slice(0, 3)))
  })
})
