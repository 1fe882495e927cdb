import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { coin, crypto, hex, script, spendOf, transaction } from '../../testing/script-engine.ts'
import { ByteReader, EMPTY_BYTES, hashToHex, parseTransaction } from '../../wire/index.ts'
import { signatureHashLegacy } from './legacy.ts'
import { signatureHashTaproot, type TaprootContext } from './taproot.ts'
import { TxDigests } from './tx-digests.ts'
import { signatureHashWitnessV0 } from './witness-v0.ts'

type Row = readonly [tx: string, code: string, input: number, hashType: number, hash: string]

describe('legacy signature hash', () => {
  it("is Core's on its 500 random transactions", () => {
    const file = createRequire(import.meta.url).resolve('bitcore-lib/test/data/sighash.json')
    const rows = (JSON.parse(readFileSync(file, 'utf8')) as Row[]).filter((row) => row.length > 1)
    expect(rows.length).toBe(500)
    for (const [tx, code, input, hashType, hash] of rows) {
      const digests = new TxDigests(parseTransaction(new ByteReader(hex(tx)), crypto), [], crypto)
      expect(hashToHex(signatureHashLegacy(digests, input, hex(code), hashType))).toBe(hash)
    }
  })

  it('is the number one for SINGLE without a matching output', () => {
    const input = { prevTxid: new Uint8Array(32), prevIndex: 0, scriptSig: EMPTY_BYTES, sequence: 0 }
    const outputs = [{ value: 1, script: EMPTY_BYTES }]
    const tx = transaction({ version: 1, lockTime: 0, inputs: [input, input], outputs })
    const digests = new TxDigests(tx, [], crypto)
    const one = `${'00'.repeat(31)}01`
    expect(hashToHex(signatureHashLegacy(digests, 1, EMPTY_BYTES, 3))).toBe(one)
    expect(hashToHex(signatureHashLegacy(digests, 1, EMPTY_BYTES, 0x83))).toBe(one)
    expect(hashToHex(signatureHashLegacy(digests, 0, EMPTY_BYTES, 3))).not.toBe(one)
  })

  it('leaves CODESEPARATOR out wherever it is an operation', () => {
    const digests = new TxDigests(spendOf({}), [], crypto)
    const hash = (text: string) => hashToHex(signatureHashLegacy(digests, 0, script(text), 1))
    expect(hash('CODESEPARATOR 1 CODESEPARATOR')).toBe(hash('1'))
    expect(hash('<ab> 1')).not.toBe(hash('0x01 1'))
  })
})

describe('hash types', () => {
  const tx = (sequence: number, value: number) => ({
    version: 2,
    lockTime: 7,
    inputs: [
      { prevTxid: new Uint8Array(32).fill(1), prevIndex: 0, scriptSig: EMPTY_BYTES, sequence: 1 },
      { prevTxid: new Uint8Array(32).fill(2), prevIndex: 0, scriptSig: EMPTY_BYTES, sequence },
    ],
    outputs: [
      { value: 5, script: EMPTY_BYTES },
      { value, script: EMPTY_BYTES },
    ],
  })
  const spent = [coin(script('1')), coin(script('2'))]
  const digests = (sequence: number, value: number) =>
    new TxDigests(transaction(tx(sequence, value)), spent, crypto)
  type Hash = (of: TxDigests, hashType: number) => string
  const hashes: Readonly<Record<string, Hash>> = {
    legacy: (of, hashType) => hashToHex(signatureHashLegacy(of, 0, script('1'), hashType)),
    witness: (of, hashType) => hashToHex(signatureHashWitnessV0(of, 0, script('1'), hashType, 1000)),
    taproot: (of, hashType) => hashToHex(signatureHashTaproot(of, 0, hashType, {})!),
  }

  it.each(Object.entries(hashes))('%s: which changes elsewhere a signature covers', (version, hash) => {
    const changes = (hashType: number) => [
      hash(digests(9, 5), hashType) !== hash(digests(8, 5), hashType), // another input's sequence
      hash(digests(9, 5), hashType) !== hash(digests(9, 6), hashType), // another output's value
    ]
    const coversSequence = version === 'taproot'
    expect(changes(1)).toEqual([true, true])
    if (version === 'taproot') expect(changes(0)).toEqual([true, true])
    expect(changes(2)).toEqual([coversSequence, false])
    expect(changes(3)).toEqual([coversSequence, false])
    expect(changes(0x81)).toEqual([false, true])
    expect(changes(0x82)).toEqual([false, false])
    expect(changes(0x83)).toEqual([false, false])
  })

  it('taproot covers the annex and the leaf', () => {
    const hash = (context: TaprootContext) => hashToHex(signatureHashTaproot(digests(1, 1), 0, 0, context)!)
    const [one, two] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array]
    const hashes = [
      hash({}),
      hash({ annexHash: one }),
      hash({ annexHash: two }),
      hash({ leaf: { leafHash: one, codeSeparatorAt: 0 } }),
      hash({ leaf: { leafHash: two, codeSeparatorAt: 0 } }),
      hash({ leaf: { leafHash: one, codeSeparatorAt: 1 } }),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('taproot: only defined ones, SINGLE only with an output', () => {
    const of = digests(1, 1)
    for (const hashType of [4, 0x80, 0x84, 0xff])
      expect(signatureHashTaproot(of, 0, hashType, {})).toBeUndefined()
    const { inputs, ...rest } = tx(1, 1)
    const short = transaction({ ...rest, inputs, outputs: rest.outputs.slice(0, 1) })
    const ofShort = new TxDigests(short, spent, crypto)
    expect(signatureHashTaproot(ofShort, 0, 3, {})).toBeDefined()
    expect(signatureHashTaproot(ofShort, 1, 3, {})).toBeUndefined()
    expect(signatureHashTaproot(ofShort, 1, 0x83, {})).toBeUndefined()
  })

  it('taproot covers every spent coin unless ANYONECANPAY', () => {
    const parsed = transaction(tx(1, 1))
    const hash = (other: number, hashType: number) =>
      hashToHex(
        signatureHashTaproot(
          new TxDigests(parsed, [coin(script('1')), { value: other, script: script('2') }], crypto),
          0,
          hashType,
          {},
        )!,
      )
    expect(hash(1, 0)).not.toBe(hash(2, 0))
    expect(hash(1, 0x81)).toBe(hash(2, 0x81))
  })
})
