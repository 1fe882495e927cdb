import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crypto } from '../testing/test-chain.ts'
import { ByteReader, DecodeError } from './byte-reader.ts'
import { bytesToHex, hashToHex, hexToBytes } from './bytes.ts'
import { encodeTransaction, parseTransaction } from './transaction.ts'

const parse = (hex: string) => parseTransaction(new ByteReader(hexToBytes(hex)!), crypto)
const outpoint = `${'11'.repeat(32)}00000000`
const input = `${outpoint}00ffffffff`
const output = '0100000000000000' + '0151'

/** The first payment, of block 170. */
const FIRST_PAYMENT =
  '0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af51496' +
  '1a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d09' +
  '01ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554' +
  'a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a38' +
  '2e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000'

describe('a transaction', () => {
  test('is read and named', () => {
    const transaction = parse(FIRST_PAYMENT)
    expect(hashToHex(transaction.txid)).toBe(
      'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16',
    )
    expect(transaction.wtxid).toEqual(transaction.txid)
    expect(transaction.outputs.map((o) => o.value)).toEqual([10_0000_0000, 40_0000_0000])
    expect(transaction.weight).toBe(4 * transaction.totalSize)
  })

  test('with witnesses has two names and two sizes', () => {
    const plain = parse(`02000000${`01${input}`}${`01${output}`}00000000`)
    const witnessed = parse(`02000000${'0001'}${`01${input}`}${`01${output}`}0102aabb00000000`)
    expect(witnessed.hasWitness).toBe(true)
    expect(witnessed.inputs[0]!.witness).toEqual([Uint8Array.of(0xaa, 0xbb)])
    expect(witnessed.txid).toEqual(plain.txid)
    expect(witnessed.wtxid).not.toEqual(plain.txid)
    expect(bytesToHex(witnessed.strippedBytes())).toBe(bytesToHex(plain.raw))
    expect(witnessed.strippedSize).toBe(plain.totalSize)
    expect(witnessed.weight).toBe(3 * plain.totalSize + witnessed.totalSize)
    expect(witnessed.virtualSize).toBe(Math.ceil(witnessed.weight / 4))
  })

  test.each([
    ['an empty witness list', `02000000000101${input}01${output}0000000000`, 'Superfluous witness record'],
    ['no inputs under the marker', '0200000000010000' + '00000000', 'Superfluous witness record'],
    ['an unknown flag', `02000000000201${input}01${output}00000000`, 'Unknown transaction optional data'],
    ['a flag besides witnesses', `02000000000301${input}01${output}01015100000000`, 'Unknown'],
    ['more inputs than bytes', '02000000fdffff', 'end of data'],
    ['a count that is too long', `02000000fd0100${input}01${output}00000000`, 'non-canonical'],
    ['a missing lock time', `0200000001${input}01${output}000000`, 'end of data'],
  ])('with %s cannot be read', (_, hex, message) => {
    expect(() => parse(hex)).toThrow(DecodeError)
    expect(() => parse(hex)).toThrow(message)
  })

  test('without inputs and outputs can be read, for another rule to refuse', () => {
    const empty = parse('02000000000000000000')
    expect(empty.inputs).toHaveLength(0)
    expect(empty.outputs).toHaveLength(0)
  })

  test('keeps the version unsigned and values signed', () => {
    const transaction = parse(
      `ffffffff01${input}01ffffffffffffffff0100000000`.replace('0100000000', '0000000000'),
    )
    expect(transaction.version).toBe(0xffffffff)
    expect(transaction.outputs[0]!.value).toBe(-1)
  })

  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const parts = fc.record({
    version: fc.nat(0xffffffff),
    lockTime: fc.nat(0xffffffff),
    inputs: fc.array(
      fc.record({
        prevTxid: bytes(32),
        prevIndex: fc.nat(0xffffffff),
        scriptSig: fc.uint8Array(),
        sequence: fc.nat(0xffffffff),
        witness: fc.array(fc.uint8Array()),
      }),
      { minLength: 1 },
    ),
    outputs: fc.array(fc.record({ value: fc.maxSafeInteger(), script: fc.uint8Array({ maxLength: 300 }) })),
  })

  test('is the same after a round trip', () => {
    fc.assert(
      fc.property(parts, (made) => {
        const raw = encodeTransaction(made)
        const read = parseTransaction(new ByteReader(raw), crypto)
        expect(read.raw).toEqual(raw)
        const { version, lockTime, inputs, outputs } = read
        expect({ version, lockTime, inputs: inputs.map(plainInput), outputs }).toEqual(made)
        expect(encodeTransaction({ version, lockTime, inputs, outputs })).toEqual(raw)
      }),
    )
  })

  test('that is damaged is read or refused, never worse', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.nat(255), (made, at, byte) => {
        const raw = encodeTransaction(made)
        raw[at % raw.length] = byte
        try {
          parseTransaction(new ByteReader(raw), crypto)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
    )
  })
})

function plainInput(input: ReturnType<typeof parse>['inputs'][number]) {
  const { prevTxid, prevIndex, scriptSig, sequence, witness } = input
  return { prevTxid, prevIndex, scriptSig, sequence, witness }
}
