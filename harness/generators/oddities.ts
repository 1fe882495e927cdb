import type { CompiledBlock, TransactionSource } from '../scenario/index.ts'
import type { BranchCoin } from './branch-book.ts'
import { pick } from './choices.ts'
import { easyCoins } from './coins.ts'
import type { Draft } from './draft.ts'
import { isEasy, lockOf } from './locks.ts'

type InputSource = NonNullable<TransactionSource['inputs']>[number]
type OutputSource = NonNullable<TransactionSource['outputs']>[number]

/** What an oddity starts from. */
interface Ground {
  readonly draft: Draft
  readonly parent: CompiledBlock
  readonly honest: Required<Pick<TransactionSource, 'inputs' | 'outputs'>>
  readonly coins: readonly BranchCoin[]
  readonly coin: BranchCoin
  readonly choice: number
}

type Oddity = (ground: Ground) => TransactionSource

const FINAL = 0xffffffff
/** [BIP68] */
const LOCK_UNIT_SECONDS = 512
/** In all the locks that a transaction has to do with beside the one in question. */
const LOCK_SIGOPS_MAX = 100

/** A transaction with the oddity of this number. */
export function makeOdd(kind: number, ground: Ground): TransactionSource {
  return ODDITIES[kind % ODDITIES.length]!(ground)
}

/** Each makes one thing about an honest transaction unusual; about half of them break a rule, or would if it was in force. */
const ODDITIES: readonly Oddity[] = [
  function spendsAnyCoinAtAll({ coins, choice, honest }) {
    return { ...honest, inputs: [{ spends: pick(coins, choice).reference }] }
  },
  function spendsCoinbaseAtItsEdge({ draft, parent, coins, choice }) {
    const wanted = parent.height + 1 - draft.chain.limits.coinbaseMaturityBlocks + (choice % 2)
    const young = coins.filter((coin) => coin.isCoinbase && coin.height === wanted)
    const coin = young[0] ?? coins.at(-1)!
    return spendWhole(coin)
  },
  function opensAHardLock({ draft, parent, coins, choice, honest }) {
    const hard = coins.filter((coin) => !isEasy(draft.lockOf(coin)))
    const coin = hard[choice % Math.max(1, hard.length)]
    if (coin === undefined) return { ...honest, outputs: [{ to: lockOf(choice), value: 'rest' }] }
    const lockTime = pick([0, 11, 12, parent.height, 1_600_002_999, 1_600_003_000], Math.floor(choice / 7))
    const sequence = pick([FINAL, 0, 1, 2, 3, 0x400000, 0x400001, 0x80000002], Math.floor(choice / 5))
    const scriptSig = pick(
      [undefined, '', '00', '51', '010101', '0100', '0009300602010102010101'],
      Math.floor(choice / 3),
    )
    return {
      ...spendWhole(coin),
      version: pick([2, 2, 1], choice),
      lockTime,
      inputs: [
        { spends: coin.reference, sequence, ...(scriptSig === undefined ? {} : { unlock: { scriptSig } }) },
      ],
    }
  },
  function provesSomethingElse({ coin, honest, choice }) {
    const unlock = pick<InputSource['unlock']>(
      [
        { scriptSig: '51' },
        { scriptSig: '' },
        { scriptSig: '61' },
        { scriptSig: '0151' },
        { witness: [] },
        { witness: ['51'] },
        { witness: ['00', '51'] },
        { witness: ['00'.repeat(521), '51'] },
        { witness: ['00'.repeat(64)] },
        { keys: ['bob'] },
        { keys: ['alice'] },
        { scriptSig: '6a' },
        { scriptSig: '00'.repeat(1651) },
      ],
      choice,
    )
    return { ...honest, inputs: [{ spends: coin.reference, unlock }] }
  },
  function signsLess({ coin, honest, choice }) {
    const words = ['NONE', 'SINGLE', 'ALL|ANYONECANPAY', 'NONE|ANYONECANPAY', 'SINGLE|ANYONECANPAY', 'ALL']
    return { ...honest, inputs: [{ spends: coin.reference, unlock: { sighash: pick(words, choice) } }] }
  },
  function locksItselfInTime({ draft, parent, coin, honest, choice }) {
    const { medianTime, time, height } = parent
    const lockTime = pick(
      [
        height,
        height + 1,
        height + 2,
        medianTime - 1,
        medianTime,
        medianTime + 1,
        time,
        draft.unixTime,
        499_999_999,
        500_000_000,
      ],
      choice,
    )
    const sequence = pick([FINAL - 1, 0, FINAL], Math.floor(choice / 11))
    return { ...honest, lockTime, inputs: [{ spends: coin.reference, sequence }] }
  },
  function locksItselfRelatively({ parent, coin, honest, choice }) {
    const blocks = Math.max(0, parent.height + 1 - coin.height + (choice % 3) - 1)
    const passed = Math.floor((parent.medianTime - coin.medianTimeBefore) / 512)
    const intervals = Math.max(0, passed + (choice % 3) - 1)
    const sequence = pick([{ blocks }, { intervals }, (0x80000000 + blocks) >>> 0], Math.floor(choice / 3))
    return {
      ...honest,
      version: pick([2, 2, 2, 1, 3, 0, FINAL], Math.floor(choice / 9)),
      inputs: [{ spends: coin.reference, sequence }],
    }
  },
  /** A coin whose age in median time is so many units and not a second more. */
  function waitsJustLongEnough({ draft, parent, coin, choice }) {
    const age = ({ medianTimeBefore }: BranchCoin) => parent.medianTime - medianTimeBefore
    const ripe = easyCoins(draft, parent).find((coin) => age(coin) > 0 && age(coin) % LOCK_UNIT_SECONDS === 0)
    const intervals = Math.max(
      0,
      Math.floor(age(ripe ?? coin) / LOCK_UNIT_SECONDS) + pick([0, 1, 0, -1], choice),
    )
    const spent = spendWhole(ripe ?? coin)
    return { ...spent, version: 2, inputs: [{ ...spent.inputs[0]!, sequence: { intervals } }] }
  },
  function paysOutTooMuch({ draft, coin, honest, choice }) {
    const max = draft.chain.limits.maxMoneySats
    const value = Number(coin.value)
    const outputs = pick<readonly (string | number)[]>(
      [
        [value],
        [value + 1],
        [value, 1],
        [max],
        [max + 1],
        [max, 1],
        [-1],
        [5, -1],
        ['9223372036854775807'],
        [value, 0],
        ['-9223372036854775808'],
      ],
      choice,
    )
    return { ...honest, outputs: outputs.map((one): OutputSource => ({ to: 'anyone', value: one })) }
  },
  function makesNothing({ honest }) {
    return { ...honest, outputs: [] }
  },
  function spendsNothing({ honest }) {
    return { ...honest, inputs: [] }
  },
  function isACoinbase({ parent, honest, choice }) {
    if (choice % 2 === 0) return { raw: Buffer.from(parent.coinbase.bytes).toString('hex') }
    const nowhere = { txid: '00'.repeat(32), index: FINAL }
    return { ...honest, inputs: [{ spends: nowhere, unlock: { scriptSig: '0101' } }] }
  },
  function spendsTwice({ coin, honest }) {
    return { ...honest, inputs: [{ spends: coin.reference }, { spends: coin.reference }] }
  },
  function spendsTwoCoins({ coins, coin, choice, honest }) {
    return { ...honest, inputs: [{ spends: coin.reference }, { spends: pick(coins, choice).reference }] }
  },
  function spendsNothingThere({ coin, honest, choice }) {
    const txid = pick(['00'.repeat(32), 'ab'.repeat(32)], choice)
    const index = pick([FINAL, 0, 1], Math.floor(choice / 2))
    const stranger = {
      spends: { txid, index },
      unlock: { scriptSig: pick(['0101', '51', '', '00'.repeat(101)], Math.floor(choice / 6)) },
    }
    return { ...honest, inputs: choice % 5 === 0 ? [stranger] : [{ spends: coin.reference }, stranger] }
  },
  function isLarge({ draft, honest, choice }) {
    const { maxBlockWeight } = draft.chain.limits
    // The whole of it is 10 + 41 + 9 + 3 bytes and this script, or two bytes more.
    const length = Math.min(Math.floor(maxBlockWeight / 4), 20_000) - 63 + (choice % 3) - 1
    return { ...honest, outputs: [{ to: { raw: '00'.repeat(length) }, value: 'rest' }] }
  },
  /** Pools refuse what costs more than a fifth of a block's sigops; blocks may hold it. [Core policy.h MAX_STANDARD_TX_SIGOPS_COST] */
  function checksManySignatures({ draft, honest, choice }) {
    const allowed = draft.chain.limits.maxBlockSigopsCost / 20 - LOCK_SIGOPS_MAX
    return { ...honest, outputs: [{ to: { raw: 'ac'.repeat(allowed + (choice % 3) - 1) }, value: 'rest' }] }
  },
  function makesManyOutputs({ honest, choice }) {
    const outputs = Array.from(
      { length: 250 + (choice % 6) },
      (): OutputSource => ({ to: 'anyone', value: 0 }),
    )
    return { ...honest, outputs: [{ to: 'anyone', value: 'rest' }, ...outputs] }
  },
]

function spendWhole(coin: BranchCoin): Ground['honest'] {
  return { inputs: [{ spends: coin.reference }], outputs: [{ to: 'anyone', value: 'rest' }] }
}
