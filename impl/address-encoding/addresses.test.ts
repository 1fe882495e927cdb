import { describe, expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { chooseCrypto } from '../platform/index.ts'
import { bytesToHex, hexToBytes } from '../wire/index.ts'
import { decodeAddress, encodeAddress } from './address.ts'
import { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from './base58.ts'
import { decodePrivateKey, encodePrivateKey } from './private-key.ts'

const { crypto } = chooseCrypto()
const main = builtInChain('bitcoin', crypto)!.addresses
const regtest = builtInChain('regtest', crypto)!.addresses

const scriptOf = (text: string, prefixes = main) => {
  const script = decodeAddress(text, prefixes, crypto)
  return 'error' in script ? script : bytesToHex(script)
}
const addressOf = (hex: string, prefixes = main) => encodeAddress(hexToBytes(hex)!, prefixes, crypto)

describe('base 58', () => {
  test.each([
    ['', ''],
    ['00', '1'],
    ['0000', '11'],
    ['39', 'z'],
    ['3a', '21'],
    ['0100', '5R'],
    ['00eb15231dfceb60925886b67d065299925915aeb172c06647', '1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L'],
  ])('%s is %j', (hex, text) => {
    expect(encodeBase58(hexToBytes(hex)!)).toBe(text)
    expect(bytesToHex(decodeBase58(text, 100)!)).toBe(hex)
  })

  test('knows its letters, and white space only round them', () => {
    for (const text of ['0', 'O', 'I', 'l', 'bad0', 'ü', '2 g', '2\0g'])
      expect(decodeBase58(text, 99)).toBe(undefined)
    expect(decodeBase58(' \t\n\v\f\r skip \r\f\v\n\t ', 3)).toEqual(hexToBytes('971a55'))
  })

  test('is bounded: as long as allowed, one byte longer', () => {
    expect(decodeBase58('111', 3)).toEqual(new Uint8Array(3))
    expect(decodeBase58('1111', 3)).toBe(undefined)
    expect(decodeBase58('1'.repeat(1_000_000), 3)).toBe(undefined)
    expect(decodeBase58(encodeBase58(new Uint8Array(3).fill(255)), 3)?.length).toBe(3)
    expect(decodeBase58(encodeBase58(Uint8Array.of(1, 0, 0, 0)), 3)).toBe(undefined)
  })

  test('with a checksum detect one wrong letter', () => {
    const payload = Uint8Array.of(0, 1, 2, 3)
    const text = encodeBase58Check(payload, crypto)
    expect(decodeBase58Check(text, 4, crypto)).toEqual(payload)
    expect(decodeBase58Check(text, 3, crypto)).toBe(undefined)
    for (let at = 0; at < text.length; at++) {
      const wrong = text.slice(0, at) + (text[at] === '2' ? '3' : '2') + text.slice(at + 1)
      expect(decodeBase58Check(wrong, 4, crypto)).toBe(undefined)
    }
    expect(decodeBase58Check('111', 4, crypto)).toBe(undefined)
  })
})

/** The examples of BIP173 and BIP350. */
describe('witness addresses', () => {
  test.each([
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
      '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
    ],
    ['BC1SW50QGDZ25J', '6002751e'],
    ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323'],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
    ['bc1pfeessrawgf', '51024e73'],
  ])('%s', (text, script) => {
    expect(scriptOf(text)).toBe(script)
    expect(addressOf(script)).toBe(text.toLowerCase())
  })

  test.each([
    ['tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty', /Base58 encoding/],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', /must use Bech32m checksum/],
    ['bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4', /^Invalid Base 32 character/],
    [
      'BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R',
      /^Invalid Bech32 address witness version/,
    ],
    ['bc1pw5dgrnzv', /^Invalid Bech32 address program size \(1 byte\)/],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav',
      /^Invalid Bech32 address program size \(41 bytes\)/,
    ],
    ['BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', /^Invalid Bech32 v0 address program size \(16 bytes\)/],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf', /^Invalid padding/],
    ['bc1gmk9yu', /^Empty Bech32 data section/],
    ['bc1', /^Invalid separator position/],
    ['bc', /^Missing separator/],
    [`bc1${'q'.repeat(88)}`, /too long/],
    ['bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', /mixed case/],
  ])('%s is refused', (text, error) => {
    expect(scriptOf(text)).toMatchObject({ error: expect.stringMatching(error) })
  })

  test('of version 0 keep the first checksum', () => {
    const { addresses } = builtInChain('testnet4', crypto)!
    expect(
      scriptOf('tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47', addresses),
    ).toMatchObject({
      error: 'Version 0 witness address must use Bech32 checksum',
    })
  })

  test('belong to one chain', () => {
    const address = addressOf('0014751e76e8199196d454941c45d1b3a323f1433bd6', regtest)!
    expect(address).toMatch(/^bcrt1/)
    expect(scriptOf(address, regtest)).toMatch(/^0014/)
    // The other chain's prefix begins with this chain's, so that it is looked at as one of ours.
    expect(scriptOf(address)).toMatchObject({ error: expect.stringContaining('expected bc, got bcrt') })
  })

  test('say where one or two letters are wrong, and say nothing of three', () => {
    const good = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
    const spoil = (...places: number[]) =>
      [...good].map((letter, at) => (places.includes(at) ? (letter === 'q' ? 'p' : 'q') : letter)).join('')
    for (let at = 3; at < good.length; at++) {
      expect(scriptOf(spoil(at))).toMatchObject({ positions: [at] })
      if (at > 9)
        expect(scriptOf(spoil(9, at))).toEqual({
          kind: 'invalid',
          error: 'Invalid Bech32 checksum',
          positions: [9, at],
        })
    }
    expect(scriptOf(spoil(5, 9, 20))).toMatchObject({ error: 'Invalid checksum', positions: [] })
  })
})

describe('addresses of hashes', () => {
  const hash = '11'.repeat(20)

  test.each([
    ['P2PKH', `76a914${hash}88ac`, '1'],
    ['P2SH', `a914${hash}87`, '3'],
  ])('%s there and back', (_, script, first) => {
    const address = addressOf(script)!
    expect(address[0]).toBe(first)
    expect(scriptOf(address)).toBe(script)
    expect(scriptOf(address, regtest)).toMatchObject({
      error: 'Invalid or unsupported Base58-encoded address.',
    })
    expect(scriptOf(addressOf(script, regtest)!, regtest)).toBe(script)
  })

  test.each([19, 20, 21])('have twenty bytes, not %d', (bytes) => {
    const address = encodeBase58Check(new Uint8Array(1 + bytes), crypto)
    if (bytes === 20) expect(scriptOf(address)).toMatch(/^76a914/)
    else expect(scriptOf(address)).toMatchObject({ error: expect.stringContaining('length') })
  })

  test.each([
    ['bare key', `21${'02'.repeat(33)}ac`],
    ['data', '6a0101'],
    ['nothing', ''],
    ['version 0 of 21 bytes', `0015${'00'.repeat(21)}`],
    ['P2PKH with another end', `76a914${hash}88ad`],
    ['P2SH and one byte', `a914${hash}8700`],
  ])('a script without one: %s', (_, script) => {
    expect(addressOf(script)).toBe(undefined)
  })
})

describe('private keys', () => {
  const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'
  const near = (last: string) => hexToBytes(order.slice(0, -2) + last)!

  test.each([true, false])('there and back, compressed: %s', (isCompressed) => {
    const key = { secret: new Uint8Array(32).fill(7), isCompressed }
    const text = encodePrivateKey(key, main, crypto)
    expect(decodePrivateKey(text, main, crypto)).toEqual(key)
    expect(decodePrivateKey(text, regtest, crypto)).toBe(undefined)
  })

  test.each([
    [new Uint8Array(32), false],
    [Uint8Array.of(...new Uint8Array(31), 1), true],
    [near('40'), true],
    [near('41'), false],
    [near('42'), false],
  ])('lie between nothing and the order of the curve', (secret, isKey) => {
    const text = encodePrivateKey({ secret, isCompressed: true }, main, crypto)
    expect(decodePrivateKey(text, main, crypto) !== undefined).toBe(isKey)
  })

  test('end with nothing or a one', () => {
    const payload = (...suffix: number[]) =>
      encodeBase58Check(Uint8Array.of(128, ...new Uint8Array(32).fill(7), ...suffix), crypto)
    expect(decodePrivateKey(payload(), main, crypto)?.isCompressed).toBe(false)
    expect(decodePrivateKey(payload(1), main, crypto)?.isCompressed).toBe(true)
    for (const suffix of [[0], [2], [1, 1]])
      expect(decodePrivateKey(payload(...suffix), main, crypto)).toBe(undefined)
  })
})
