import type { BranchCoin } from '../../adversary/branch-book.ts'
import type { CompiledBlock, CompiledTransaction } from '../../scenario/compiled.ts'
import { ScenarioError, type TransactionSource } from '../../scenario/index.ts'
import type { Draft } from './draft.ts'
import { isEasy, lockOf } from './locks.ts'
import type { Spend } from './moves.ts'

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

const FEE = 3
const SMALL = 5
const FINAL = 0xffffffff
/** Coins of more than all the money there is are made by nothing that is valid. */
const MONEY_MAX = 2_100_000_000_000_000n
/** In all the locks that a transaction has to do with beside the one in question. */
const LOCK_SIGOPS_MAX = 100

/** The transactions of a block on `parent`, those that can be made; later ones may spend what earlier ones make. */
export function makeSpends(
  draft: Draft,
  parent: CompiledBlock,
  spends: readonly Spend[],
): CompiledTransaction[] {
  const made: CompiledTransaction[] = []
  const used = new Set<string>()
  for (const spend of spends) {
    const transaction = makeSpend(draft, parent, spend, made, used)
    if (transaction !== undefined) made.push(transaction)
  }
  return made
}

function makeSpend(
  draft: Draft,
  parent: CompiledBlock,
  { coin: which, lock, chained, oddity }: Spend,
  before: readonly CompiledTransaction[],
  used: Set<string>,
): CompiledTransaction | undefined {
  const coins = draft.coinsAt(parent)
  const free =
    chained && before.length > 0 ? coinsOf(before.at(-1)!, parent) : matureCoins(draft, parent, coins)
  const easy = free.filter(
    (coin) => coin.value <= MONEY_MAX && isEasy(draft.lockOf(coin)) && !used.has(coin.reference),
  )
  const coin = easy[which % Math.max(1, easy.length)]
  if (coin === undefined) return undefined
  used.add(coin.reference)
  const honest = {
    inputs: [{ spends: coin.reference }],
    outputs: [
      { to: lockOf(lock), value: Math.max(0, Number(coin.value) - FEE - SMALL) },
      { to: 'anyone', value: coin.value > BigInt(FEE + SMALL) ? SMALL : 0 },
    ],
  }
  const make = oddity === undefined ? undefined : ODDITIES[oddity.kind % ODDITIES.length]!
  const source = make?.({ draft, parent, honest, coins, coin, choice: oddity!.choice }) ?? honest
  return orNothing(() => draft.transaction(source))
}

/** Parts that do not fit each other make nothing; any other error is ours. */
export function orNothing<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof ScenarioError) return undefined
    throw error
  }
}

function matureCoins(draft: Draft, parent: CompiledBlock, coins: readonly BranchCoin[]): BranchCoin[] {
  const { coinbaseMaturityBlocks } = draft.chainFile.limits
  return coins.filter((coin) => !coin.isCoinbase || parent.height + 1 - coin.height >= coinbaseMaturityBlocks)
}

/** What a transaction that is in no block yet makes. */
function coinsOf({ name, outputs }: CompiledTransaction, parent: CompiledBlock): BranchCoin[] {
  return outputs.flatMap(({ value }, index) =>
    value > 0n
      ? [
          {
            reference: `${name}:${index}`,
            value,
            height: parent.height + 1,
            isCoinbase: false,
            medianTimeBefore: parent.medianTime,
          },
        ]
      : [],
  )
}

const pick = <Choice>(choices: readonly Choice[], choice: number): Choice => choices[choice % choices.length]!

/** Each makes one thing about an honest transaction unusual; about half of them break a rule, or would if it was in force. */
const ODDITIES: readonly Oddity[] = [
  function spendsAnyCoinAtAll({ coins, choice, honest }) {
    return { ...honest, inputs: [{ spends: pick(coins, choice).reference }] }
  },
  function spendsCoinbaseAtItsEdge({ draft, parent, coins, choice }) {
    const wanted = parent.height + 1 - draft.chainFile.limits.coinbaseMaturityBlocks + (choice % 2)
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
        draft.now,
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
  function paysOutTooMuch({ draft, coin, honest, choice }) {
    const max = draft.chainFile.limits.maxMoneySats
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
    const { maxBlockWeight } = draft.chainFile.limits
    // The whole of it is 10 + 41 + 9 + 3 bytes and this script, or two bytes more.
    const length = Math.min(Math.floor(maxBlockWeight / 4), 20_000) - 63 + (choice % 3) - 1
    return { ...honest, outputs: [{ to: { raw: '00'.repeat(length) }, value: 'rest' }] }
  },
  /** Pools refuse what costs more than a fifth of a block's sigops; blocks may hold it. [Core policy.h MAX_STANDARD_TX_SIGOPS_COST] */
  function checksManySignatures({ draft, honest, choice }) {
    const allowed = draft.chainFile.limits.maxBlockSigopsCost / 20 - LOCK_SIGOPS_MAX
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

function spendWhole(coin: BranchCoin): TransactionSource {
  return { inputs: [{ spends: coin.reference }], outputs: [{ to: 'anyone', value: 'rest' }] }
}
