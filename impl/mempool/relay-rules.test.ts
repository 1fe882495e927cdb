import { describe, expect, test } from 'vitest'
import { InPlaceChecks, taprootOutputScript } from '../script-engine/index.ts'
import { testChain } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { rejectString } from '../validation/index.ts'
import { concatBytes, hexToBytes, type TransactionParts, type TxOutput } from '../wire/index.ts'
import { Mempool } from './mempool.ts'
import { type MempoolPolicy, RELAY_POLICY } from './policy.ts'

// What is accepted here and why the rest is refused was confirmed by bitcoind 31.0, -acceptnonstdtxn=0 -datacarriersize=83.

const bytes = (...values: number[]) => Uint8Array.of(...values)
const many = (count: number, value = 1) => new Uint8Array(count).fill(value)
/** The push of up to 520 bytes, in its shortest form. */
const push = (data: Uint8Array) => {
  const { length } = data
  if (length < 0x4c) return concatBytes(bytes(length), data)
  return length < 0x100
    ? concatBytes(bytes(0x4c, length), data)
    : concatBytes(bytes(0x4d, length & 0xff, length >> 8), data)
}

const [FALSE, TRUE, DROP, IF, ENDIF, CHECKSIG] = [0x00, 0x51, 0x75, 0x63, 0x68, 0xac]
const DROP_TRUE = bytes(DROP, TRUE)
const KEY = hexToBytes('0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798')!
const ANCHOR = hexToBytes('51024e73')!
const witnessScript = (script: Uint8Array) => concatBytes(bytes(0, 32), crypto.sha256(script))
const scriptHash = (script: Uint8Array) => concatBytes(bytes(0xa9, 20), crypto.hash160(script), bytes(0x87))
const keyHash = concatBytes(bytes(0, 20), many(20))
/** As many signature operations as asked for, none of them run. */
const sigops = (count: number) => concatBytes(bytes(FALSE, IF), many(count, CHECKSIG), bytes(ENDIF, TRUE))
const multisig = (need: number, keys: number) => {
  const count = (n: number) => (n <= 16 ? bytes(0x50 + n) : bytes(1, n))
  return concatBytes(count(need), ...Array.from({ length: keys }, () => push(KEY)), count(keys), bytes(0xae))
}

function tapLeaf(script: Uint8Array, version = 0xc0): { output: Uint8Array; control: Uint8Array } {
  const internal = KEY.subarray(1)
  const root = crypto.taggedHash('TapLeaf', concatBytes(bytes(version, script.length), script))
  const key = crypto.tweakPublicKey(internal, crypto.taggedHash('TapTweak', concatBytes(internal, root)))!
  const control = concatBytes(bytes(version | (key[0]! & 1)), internal)
  return { output: taprootOutputScript(internal, root, crypto)!, control }
}

/** What spends a coin: its script, and what is shown for it. */
interface Spent {
  readonly script: Uint8Array
  readonly scriptSig?: Uint8Array
  readonly witness?: readonly Uint8Array[]
}
const VALUE = 10_000_000
const PLAIN: Spent = { script: witnessScript(bytes(TRUE)), witness: [bytes(TRUE)] }
const plainOutput = (value: number): TxOutput => ({ value, script: PLAIN.script })

/** `accepted`, or Core's reject string. */
function judge(
  spent: readonly Spent[],
  parts: Partial<TransactionParts> = {},
  policy: Partial<MempoolPolicy> = {},
): string {
  const node = new TestChain(testChain(crypto))
  const from = node.mineMany(4)[0]!.transactions[0]!
  const empty = new Uint8Array(0)
  const input = { prevTxid: from.txid, prevIndex: 0, scriptSig: empty, sequence: 0xffffffff }
  const funding = node.forge.transaction({
    inputs: [input],
    outputs: spent.map(({ script }) => ({ value: VALUE, script })),
  })
  node.mine({ transactions: [funding] })
  const { chainstate, forge } = node
  const checks = new InPlaceChecks({ crypto })
  const mempool = new Mempool(chainstate, checks, { ...RELAY_POLICY, dataCarrierBytesMax: 83, ...policy })
  const transaction = forge.transaction({
    inputs: spent.map(({ scriptSig = empty, witness = [] }, prevIndex) => ({
      ...input,
      prevTxid: funding.txid,
      prevIndex,
      scriptSig,
      witness,
    })),
    outputs: [plainOutput(VALUE - 20_000)],
    ...parts,
  })
  const outcome = mempool.accept(transaction, LATER)
  return 'rejection' in outcome ? rejectString(outcome.rejection) : outcome.kind
}

const paying = (...outputs: TxOutput[]) => judge([PLAIN], { outputs })
const spending = (spent: Spent) => judge([spent])
const data = (length: number): TxOutput => ({
  value: 0,
  script: concatBytes(bytes(0x6a, 0x4c, length - 3), many(length - 3)),
})

describe('the transaction itself', () => {
  test.each([
    [0, 'version'],
    [1, 'accepted'],
    [3, 'accepted'],
    [4, 'version'],
    [0xffffffff, 'version'],
  ])('version %d: %s', (version, answer) => {
    expect(judge([PLAIN], { version })).toBe(answer)
  })

  test.each([
    [64, ANCHOR, 'tx-size-small'],
    [65, bytes(TRUE, 3, 7, 7, 7), 'accepted'],
    [66, bytes(TRUE, 4, 7, 7, 7, 7), 'accepted'],
  ])('%d bytes without witness', (_, script, answer) => {
    expect(paying({ value: VALUE - 20_000, script })).toBe(answer)
  })

  test('a weight of 400,000, and one more', () => {
    const plain = Array.from({ length: 2322 }, () => plainOutput(1000))
    const weigh = (item: number) =>
      judge([{ script: witnessScript(DROP_TRUE), witness: [many(item), DROP_TRUE] }], {
        outputs: [...plain, data(79)],
      })
    // All but the item weighs 399,994: 99,987 bytes four times, and 46 of the witness.
    const unit = 4 * (4 + 1 + 41 + 3 + 2322 * 43 + 8 + 1 + 79 + 4) + 2 + 1 + 1 + 1 + DROP_TRUE.length
    expect(weigh(400_000 - unit)).toBe('accepted')
    expect(weigh(400_001 - unit)).toBe('tx-size')
  })

  test.each([
    [1650, 'accepted'],
    [1651, 'scriptsig-size'],
  ])('a script of %d bytes for an input: %s', (size, answer) => {
    const redeem = bytes(DROP, DROP, DROP, DROP, TRUE)
    const pushes = [520, 520, 520, size - 1576].map((length) => push(many(length)))
    expect(spending({ script: scriptHash(redeem), scriptSig: concatBytes(...pushes, push(redeem)) })).toBe(
      answer,
    )
  })

  test('scripts of inputs only push', () => {
    const scriptSig = concatBytes(bytes(0x61), push(bytes(TRUE)))
    expect(spending({ script: scriptHash(bytes(TRUE)), scriptSig })).toBe('scriptsig-not-pushonly')
  })
})

describe('outputs', () => {
  test.each([
    [[83], 'accepted'],
    [[84], 'datacarrier'],
    [[42, 41], 'accepted'],
    [[42, 42], 'datacarrier'],
  ])('of data, %j bytes: %s', (sizes, answer) => {
    expect(paying(...sizes.map(data))).toBe(answer)
  })

  test.each([
    ['1 of 3 keys', multisig(1, 3), 'accepted'],
    ['1 of 4 keys', multisig(1, 4), 'scriptpubkey'],
    ['4 of 3 keys', multisig(4, 3), 'scriptpubkey'],
    ['none of 1 key', multisig(0, 1), 'scriptpubkey'],
    ['data that only seems to be', bytes(0x6a, CHECKSIG), 'scriptpubkey'],
    ['data cut short', bytes(0x6a, 5, 1), 'scriptpubkey'],
    ['hybrid key', concatBytes(bytes(65, 6), many(64), bytes(CHECKSIG)), 'accepted'],
    ['what is no key', concatBytes(bytes(33, 5), many(32), bytes(CHECKSIG)), 'scriptpubkey'],
    ['version 0 of 21 bytes', concatBytes(bytes(0, 21), many(21)), 'scriptpubkey'],
    ['a script of its own', ANYONE, 'scriptpubkey'],
  ])('%s: %s', (_, script, answer) => {
    expect(paying({ value: 100_000, script })).toBe(answer)
  })

  test('bare multisignatures where they are not wanted', () => {
    const outputs = [{ value: 100_000, script: multisig(1, 3) }]
    expect(judge([PLAIN], { outputs }, { permitBareMultisig: false })).toBe('bare-multisig')
  })

  test.each([
    ['witness key hash', 294, keyHash],
    ['key hash', 546, concatBytes(bytes(0x76, 0xa9, 20), many(20), bytes(0x88, CHECKSIG))],
    ['script hash', 540, scriptHash(bytes(TRUE))],
    ['witness script hash', 330, PLAIN.script],
    ['anchor', 240, ANCHOR],
    ['key', 576, concatBytes(push(KEY), bytes(CHECKSIG))],
    ['unknown witness', 243, bytes(0x52, 3, 1, 1, 1)],
  ])('of a %s are dust below %d sats', (_, limit, script) => {
    const [below, at] = [limit - 1, limit].map((value) => ({ value, script }))
    expect(paying(at!, at!)).toBe('accepted')
    expect(paying(at!, below!)).toBe('dust')
    expect(paying(below!, below!)).toBe('dust')
  })
})

describe('coins', () => {
  const NONSTANDARD = 'bad-txns-nonstandard-inputs'
  const redeem = (script: Uint8Array) => ({ script: scriptHash(script), scriptSig: push(script) })

  test.each<[string, Spent, string]>([
    ['a script of its own', { script: ANYONE }, NONSTANDARD],
    ['an unknown witness version', { script: concatBytes(bytes(0x52, 20), many(20)) }, NONSTANDARD],
    ['an anchor', { script: ANCHOR }, 'accepted'],
    ['a script hash without its script', { script: scriptHash(bytes(TRUE)) }, NONSTANDARD],
    [
      'a push that is too long',
      { ...redeem(DROP_TRUE), scriptSig: concatBytes(push(many(521)), push(DROP_TRUE)) },
      NONSTANDARD,
    ],
    [
      'a reserved word',
      { ...redeem(DROP_TRUE), scriptSig: concatBytes(bytes(0x50), push(DROP_TRUE)) },
      NONSTANDARD,
    ],
    ['15 signature operations behind a hash', redeem(sigops(15)), 'accepted'],
    ['16 of them', redeem(sigops(16)), NONSTANDARD],
  ])('%s: %s', (_, spent, answer) => {
    expect(spending(spent)).toBe(answer)
  })

  test.each([16, 17, 20])('a bare multisignature of %d keys is of a usual kind', (keys) => {
    expect(spending({ script: multisig(1, keys), scriptSig: bytes(0, 0) })).toMatch(/false\/empty top stack/)
  })

  test.each([
    [166, 'accepted'],
    [167, NONSTANDARD],
  ])('%d scripts of 15 signature operations: %s', (count, answer) => {
    expect(judge(Array(count).fill(redeem(sigops(15))))).toBe(answer)
  })

  test.each([
    [84, 'accepted'],
    [85, 'bad-txns-too-many-sigops'],
  ])('%d witnesses of 190 signature operations: %s', (count, answer) => {
    const script = sigops(190)
    const parts = { outputs: [plainOutput(VALUE)] }
    expect(judge(Array(count).fill({ script: witnessScript(script), witness: [script] }), parts)).toBe(answer)
  })
})

describe('witnesses', () => {
  const UNUSUAL = 'bad-witness-nonstandard'
  const shown = (script: Uint8Array, ...items: Uint8Array[]): Spent => ({
    script: witnessScript(script),
    witness: [...items, script],
  })
  const leaf = (script: Uint8Array, ...items: Uint8Array[]): Spent => {
    const { output, control } = tapLeaf(script)
    return { script: output, witness: [...items, script, control] }
  }
  /** A script of this length that leaves true. */
  const long = (length: number) =>
    concatBytes(
      ...Array(6).fill(concatBytes(push(many(519)), bytes(DROP))),
      push(many(length - 3143)),
      DROP_TRUE,
    )

  test.each<[string, Spent, string]>([
    ['a script of 3,600 bytes', shown(long(3600)), 'accepted'],
    ['a script of 3,601 bytes', shown(long(3601)), UNUSUAL],
    ['100 items', shown(concatBytes(many(100, DROP), bytes(TRUE)), ...Array(100).fill(many(1))), 'accepted'],
    ['101 items', shown(concatBytes(many(101, DROP), bytes(TRUE)), ...Array(101).fill(many(1))), UNUSUAL],
    ['an item of 80 bytes', shown(DROP_TRUE, many(80)), 'accepted'],
    ['an item of 81 bytes', shown(DROP_TRUE, many(81)), UNUSUAL],
    ['80 bytes for a leaf', leaf(DROP_TRUE, many(80)), 'accepted'],
    ['81 bytes for a leaf', leaf(DROP_TRUE, many(81)), UNUSUAL],
    [
      'an annex',
      { ...leaf(DROP_TRUE), witness: [...leaf(DROP_TRUE, many(1)).witness!, bytes(0x50)] },
      UNUSUAL,
    ],
    ['no way to the leaf', { ...leaf(bytes(TRUE)), witness: [bytes(TRUE), bytes()] }, UNUSUAL],
    ['one for an anchor', { script: ANCHOR, witness: [bytes(TRUE)] }, UNUSUAL],
    [
      'one for a plain script hash',
      { script: scriptHash(bytes(TRUE)), scriptSig: push(bytes(TRUE)), witness: [bytes(TRUE)] },
      UNUSUAL,
    ],
  ])('%s: %s', (_, spent, answer) => {
    expect(spending(spent)).toBe(answer)
  })
})

describe('fees', () => {
  // 96 virtual bytes at 100 sats for a thousand: 9.6.
  test.each([
    [9, 'min relay fee not met'],
    [10, 'accepted'],
    [11, 'accepted'],
  ])('%d sats: %s', (fee, answer) => {
    expect(paying(plainOutput(VALUE - fee))).toBe(answer)
  })
})
