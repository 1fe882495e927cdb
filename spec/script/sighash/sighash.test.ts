import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeTransaction, encodeStripped, fromHex, sha256d, toHex } from '../../encoding/index.ts'
import type { Input, Output, Transaction } from '../../vocabulary/index.ts'
import { hash, sats } from '../../vocabulary/index.ts'
import { legacySignatureHash } from './legacy.ts'
import { taprootSignatureHash } from './taproot.ts'
import { witnessV0SignatureHash } from './witness-v0.ts'

const CODE = Uint8Array.of(0x51, 0xac)

function input(index: number): Input {
  return {
    outpoint: { txid: hash('11'.repeat(32)), index },
    scriptSig: Uint8Array.of(0x51),
    sequence: index,
    witness: [],
  }
}

function output(value: number): Output {
  return { value: sats(value), script: Uint8Array.of(0x51) }
}

interface Signing {
  readonly transaction: Transaction
  readonly spent: readonly Output[]
  readonly code: Uint8Array
  readonly annexHash?: Uint8Array
  readonly leaf?: { readonly hash: number; readonly position: number; readonly keyVersion: number }
}

/** Input 1 of 3 signs; outputs 0 to 2. */
const SIGNING: Signing = {
  transaction: {
    version: 2,
    inputs: [input(0), input(1), input(2)],
    outputs: [output(0), output(1), output(2)],
    lockTime: 0,
  },
  spent: [output(10), output(11), output(12)],
  code: CODE,
}

const changed = <Item>(list: readonly Item[], at: number, change: Partial<Item>) =>
  list.map((item, index) => (index === at ? { ...item, ...change } : item))
const inTransaction = (change: (transaction: Transaction) => Partial<Transaction>) => (signing: Signing) => ({
  ...signing,
  transaction: { ...signing.transaction, ...change(signing.transaction) },
})
const inInput = (at: number, change: Partial<Input>) =>
  inTransaction(({ inputs }) => ({ inputs: changed(inputs, at, change) }))
const inOutput = (at: number) =>
  inTransaction(({ outputs }) => ({ outputs: changed(outputs, at, { value: sats(99) }) }))
const inSpent = (at: number, change: Partial<Output>) => (signing: Signing) => ({
  ...signing,
  spent: changed(signing.spent, at, change),
})
const elsewhere = { txid: hash('22'.repeat(32)), index: 7 }

/** What can be changed in what is signed. */
const CHANGES: Record<string, (signing: Signing) => Signing> = {
  version: inTransaction(() => ({ version: 1 })),
  lockTime: inTransaction(() => ({ lockTime: 9 })),
  'own outpoint': inInput(1, { outpoint: elsewhere }),
  'other outpoint': inInput(2, { outpoint: elsewhere }),
  'own sequence': inInput(1, { sequence: 77 }),
  'other sequence': inInput(0, { sequence: 77 }),
  'own output': inOutput(1),
  'other output': inOutput(0),
  'a later output': inTransaction(({ outputs }) => ({ outputs: [...outputs, output(3)] })),
  'script code': (signing) => ({ ...signing, code: Uint8Array.of(0x52, 0xac) }),
  'own value': inSpent(1, { value: sats(99) }),
  'other value': inSpent(0, { value: sats(99) }),
  'own script': inSpent(1, { script: CODE }),
  'other script': inSpent(0, { script: CODE }),
  annex: (signing) => ({ ...signing, annexHash: new Uint8Array(32) }),
  'input scripts': inInput(0, { scriptSig: CODE }),
  witnesses: inInput(1, { witness: [CODE] }),
}

const ALWAYS = ['version', 'lockTime', 'own outpoint', 'own sequence']
const OUTPUTS: Record<number, string[]> = {
  1: ['own output', 'other output', 'a later output'],
  2: [],
  3: ['own output'],
}

/** Names of the changes that change the hash. */
function committed(sign: (signing: Signing) => Uint8Array | undefined): string[] {
  const before = toHex(sign(SIGNING)!)
  return Object.keys(CHANGES).filter((name) => toHex(sign(CHANGES[name]!(SIGNING))!) !== before)
}

const TYPES = [1, 2, 3, 0x81, 0x82, 0x83]

describe.each(TYPES)('hash type %#: %i', (hashType) => {
  const low = hashType & 3
  const isAlone = hashType >= 0x80
  const inKeyOrder = (names: readonly string[]) => Object.keys(CHANGES).filter((name) => names.includes(name))

  it('legacy', () => {
    const others = isAlone ? [] : ['other outpoint', ...(low === 1 ? ['other sequence'] : [])]
    expect(committed(({ transaction, code }) => legacySignatureHash(transaction, 1, code, hashType))).toEqual(
      inKeyOrder([...ALWAYS, 'script code', ...OUTPUTS[low]!, ...others]),
    )
  })

  it('witness v0', () => {
    const others = isAlone ? [] : ['other outpoint', ...(low === 1 ? ['other sequence'] : [])]
    expect(
      committed(({ transaction, code, spent }) =>
        witnessV0SignatureHash(transaction, 1, code, hashType, spent[1]!.value),
      ),
    ).toEqual(inKeyOrder([...ALWAYS, 'script code', 'own value', ...OUTPUTS[low]!, ...others]))
  })

  it('taproot', () => {
    const others = isAlone ? [] : ['other outpoint', 'other sequence', 'other value', 'other script']
    expect(
      committed(({ transaction, spent, annexHash }) =>
        taprootSignatureHash({ transaction, inputIndex: 1, spentOutputs: spent, hashType, annexHash }),
      ),
    ).toEqual(inKeyOrder([...ALWAYS, 'own value', 'own script', 'annex', ...OUTPUTS[low]!, ...others]))
  })

  it('each type, input and script version has a hash of its own', () => {
    const { transaction, spent } = SIGNING
    const taproot = (inputIndex: number, type: number, tapscript?: [number, number, number]) =>
      toHex(
        taprootSignatureHash({
          transaction,
          inputIndex,
          spentOutputs: spent,
          hashType: type,
          ...(tapscript && {
            tapscript: {
              leafHash: new Uint8Array(32).fill(tapscript[0]),
              codeSeparatorPosition: tapscript[1],
              keyVersion: tapscript[2],
            },
          }),
        })!,
      )
    const hashes = [
      ...TYPES.map((type) => taproot(1, type)),
      taproot(1, 0),
      taproot(2, hashType),
      ...[
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ].map((leaf) => taproot(1, hashType, leaf as [number, number, number])),
      ...TYPES.map((type) => toHex(legacySignatureHash(transaction, 1, CODE, type))),
      ...TYPES.map((type) => toHex(witnessV0SignatureHash(transaction, 1, CODE, type, spent[1]!.value))),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('edges', () => {
  const { transaction, spent } = SIGNING
  const fewer = { ...transaction, outputs: transaction.outputs.slice(0, 1) }

  it('SINGLE without an output of its index: one, nothing in particular, none', () => {
    expect(toHex(legacySignatureHash(fewer, 1, CODE, 3))).toBe(`01${'00'.repeat(31)}`)
    expect(toHex(legacySignatureHash(fewer, 0, CODE, 3))).not.toBe(`01${'00'.repeat(31)}`)
    expect(witnessV0SignatureHash(fewer, 1, CODE, 3, sats(1))).toHaveLength(32)
    const taproot = (inputIndex: number) =>
      taprootSignatureHash({ transaction: fewer, inputIndex, spentOutputs: spent, hashType: 3 })
    expect([taproot(0) === undefined, taproot(1) === undefined]).toEqual([false, true])
  })

  it('taproot defines seven types', () => {
    const defined = Array.from({ length: 256 }, (_, type) => type).filter(
      (hashType) =>
        taprootSignatureHash({ transaction, inputIndex: 0, spentOutputs: spent, hashType }) !== undefined,
    )
    expect(defined).toEqual([0, ...TYPES])
  })

  it('unknown types before taproot sign all, and differ', () => {
    const legacy = (type: number) => toHex(legacySignatureHash(transaction, 1, CODE, type))
    expect(legacy(0)).not.toBe(legacy(1))
    expect(committed((signing) => legacySignatureHash(signing.transaction, 1, signing.code, 0x20))).toContain(
      'other output',
    )
    expect(legacy(-1)).toBe(legacy(0xffffffff))
  })

  it('legacy leaves every OP_CODESEPARATOR out of the script code', () => {
    const legacy = (code: string) => toHex(legacySignatureHash(transaction, 1, fromHex(code), 1))
    expect(legacy('ab51abac')).toBe(legacy('51ac'))
    expect(legacy('02abab')).not.toBe(legacy('02'))
  })

  it.each([
    ['5105', '0102', 'a push that lacks bytes'],
    ['4c', '', 'a push without its length'],
    ['4c05', '0102', 'a push with its length'],
    ['4d', '05', 'a push with half of its length'],
    ['4d0500', '01', 'a push with all of its length'],
    ['51ab4e', '050000', 'a push behind OP_CODESEPARATOR'],
  ])('legacy announces all of %s%s, %s, and writes it up to where reading stops', (read, rest) => {
    const transaction: Transaction = { version: 2, inputs: [input(0)], outputs: [output(1)], lockTime: 0 }
    const code = read + rest
    const isSeparator = code.includes('ab')
    const announced = (code.length / 2 - Number(isSeparator)).toString(16).padStart(2, '0')
    const stripped = toHex(
      encodeStripped({
        ...transaction,
        inputs: [{ ...transaction.inputs[0]!, scriptSig: new Uint8Array() }],
      }),
    )
    const scriptAt = (4 + 1 + 36) * 2
    const preimage = `${stripped.slice(0, scriptAt)}${announced}${read.replace('ab', '')}${stripped.slice(scriptAt + 2)}01000000`
    expect(toHex(legacySignatureHash(transaction, 0, fromHex(code), 1))).toBe(
      toHex(sha256d(fromHex(preimage))),
    )
  })
})

describe('published hashes', () => {
  it('500 of legacy transactions', () => {
    const rows: [string, string, number, number, string][] = JSON.parse(
      readFileSync(dataFile('sighash.json'), 'utf8'),
    ).slice(1)
    for (const [bytes, code, inputIndex, hashType, expected] of rows) {
      const decoded = decodeTransaction(fromHex(bytes))
      const signed = decoded.ok && legacySignatureHash(decoded.value, inputIndex, fromHex(code), hashType)
      expect(signed && toHex(signed.toReversed())).toBe(expected)
    }
    expect(rows).toHaveLength(500)
  })

  it('of a native key hash output [BIP143 §Native P2WPKH]', () => {
    const decoded = decodeTransaction(
      fromHex(
        '0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000',
      ),
    )
    const code = fromHex('76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac')
    expect(decoded.ok && toHex(witnessV0SignatureHash(decoded.value, 1, code, 1, sats(600_000_000)))).toBe(
      'c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670',
    )
  })

  it('of taproot key paths [BIP341 wallet-test-vectors.json]', () => {
    const { keyPathSpending } = JSON.parse(
      readFileSync(dataFile('bitcoind/wallet_test_vectors.json'), 'utf8'),
    )
    const [{ given, inputSpending }] = keyPathSpending as [
      {
        readonly given: { rawUnsignedTx: string; utxosSpent: { scriptPubKey: string; amountSats: number }[] }
        readonly inputSpending: {
          given: { txinIndex: number; hashType: number }
          intermediary: { sigHash: string }
        }[]
      },
    ]
    const decoded = decodeTransaction(fromHex(given.rawUnsignedTx))
    const spentOutputs = given.utxosSpent.map(({ scriptPubKey, amountSats }) => ({
      value: sats(amountSats),
      script: fromHex(scriptPubKey),
    }))
    const hashes = inputSpending.map(
      ({ given: { txinIndex: inputIndex, hashType } }) =>
        decoded.ok &&
        toHex(taprootSignatureHash({ transaction: decoded.value, inputIndex, spentOutputs, hashType })!),
    )
    expect(hashes).toEqual(inputSpending.map(({ intermediary }) => intermediary.sigHash))
    expect(hashes).toHaveLength(7)
  })
})

function dataFile(name: string): string {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('bitcore-lib/package.json')), 'test/data', name)
}
