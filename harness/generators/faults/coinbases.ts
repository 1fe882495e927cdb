import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import { heightPush, pick } from '../choices.ts'
import { type Fault, withOutput } from './fault.ts'

/** After so many there is no subsidy. [BIP42] */
const HALVINGS = 64

/** One for every rule of a coinbase, at its edge: these on any chain. */
export const COINBASE_FAULTS: readonly Fault[] = [
  function claimsAnotherAmount({ draft, honest, choice }) {
    const { maxMoneySats: max, initialSubsidySats: subsidy } = draft.chain.limits
    const value = pick(
      [
        { plus: 1 },
        { plus: 0 },
        { plus: 1 },
        { plus: -1 },
        subsidy,
        -1,
        0,
        max,
        max + 1,
        '9223372036854775807',
      ],
      choice,
    )
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, value } } }
  },
  function anyCoinbaseScript({ parent, honest, choice }) {
    const height = (above: number) => heightPush(parent.height + above)
    const hex = (parent.height + 1).toString(16).padStart(4, '0')
    const padded = (to: number) => height(1).padEnd(2 * to, '00')
    const script = pick(
      [
        '',
        '51',
        '5151',
        padded(2),
        padded(100),
        padded(101),
        padded(101),
        'ab'.repeat(101),
        height(1),
        `${height(2)}00`,
        `${height(0)}00`,
        `01${hex.slice(2)}00`,
        `02${hex.slice(2)}${hex.slice(0, 2)}`,
        `4c01${hex.slice(2)}`,
      ],
      choice,
    )
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, script } } }
  },
  function hasNoCoinbase({ honest }) {
    return { faulty: { ...honest, omitCoinbase: true } }
  },
  function hasNothing({ honest }) {
    return { faulty: { ...honest, omitCoinbase: true, transactions: [] } }
  },
  function hasTwoCoinbases({ draft, honest, choice }) {
    const { name } = draft.addTransaction({
      inputs: [
        {
          spends: { txid: '00'.repeat(32), index: 0xffffffff },
          unlock: { scriptSig: pick(['0101', '0101', '01'], choice) },
        },
      ],
      outputs: [{ to: 'anyone', value: 0 }],
    })
    return { faulty: { ...honest, transactions: [...(honest.transactions ?? []), name] } }
  },
  function commitsOtherwise({ honest, choice }) {
    const witnessCommitment = pick(['none', 'always', '22'.repeat(32)] as const, choice)
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, witnessCommitment } } }
  },
  function commitsTwice({ honest, choice }) {
    const raw = pick(
      [`6a24aa21a9ed${'33'.repeat(32)}`, `6a24aa21a9ed${'33'.repeat(31)}`, `6a25aa21a9ed${'33'.repeat(33)}`],
      choice,
    )
    const coinbase = {
      ...honest.coinbase,
      witnessCommitment: pick(['always', 'none'] as const, Math.floor(choice / 3)),
    }
    return { faulty: withOutput({ ...honest, coinbase }, raw) }
  },
  function altersTheReservedValue({ draft, honest, choice }) {
    const original = draft.addBlock({
      ...honest,
      coinbase: { ...honest.coinbase, witnessCommitment: 'always' },
    })
    const zeros = '00'.repeat(32)
    const witness = pick(
      [[], ['00'.repeat(31)], ['01'.repeat(32)], [zeros, ''], [zeros, zeros], ['00'.repeat(33)]],
      choice,
    )
    return { faulty: { copyOf: original.name, edits: [{ transaction: 0, witness }] }, original }
  },
]

/** Few chains have what these need. */
export const RARE_COINBASE_FAULTS: readonly Fault[] = [
  /** Equal scripts and amounts make equal coinbases where the height need not be told; a spent one may be made again. */
  function repeatsACoinbase({ draft, parent, honest, choice }) {
    if (draft.activations.above(parent).has('bip34')) return undefined
    const coinbase = { script: pick(['5151', '5151', heightPush(parent.height + 2)], choice >> 1), value: 1 }
    const onto = ({ name }: CompiledBlock, block: BlockSource = {}) =>
      draft.addBlock({ extends: name, ...block })
    const before = [onto(parent, { coinbase })]
    if (choice % 2 === 0) {
      const { coinbaseMaturityBlocks } = draft.chain.limits
      while (before.length < coinbaseMaturityBlocks) before.push(onto(before.at(-1)!))
      const spender = draft.addTransaction({
        inputs: [{ spends: `${before[0]!.name}:0` }],
        outputs: [{ to: 'anyone', value: 'rest' }],
      })
      before.push(onto(before.at(-1)!, { transactions: [spender.name] }))
    }
    const { extends: _, time: __, ...rest } = honest
    return {
      before,
      faulty: { ...rest, extends: before.at(-1)!.name, transactions: [], coinbase },
    }
  },
  function claimsAfterTheEnd({ draft, parent, honest, choice }) {
    const { halvingIntervalBlocks, initialSubsidySats } = draft.chain.limits
    if (parent.height + 1 < HALVINGS * halvingIntervalBlocks) return undefined
    const value = pick([{ plus: 1 }, initialSubsidySats, { plus: 0 }], choice)
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, value } } }
  },
]
