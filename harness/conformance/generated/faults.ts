import type { CompiledBlock } from '../../scenario/compiled.ts'
import type { BlockSource } from '../../scenario/index.ts'
import type { Draft } from './draft.ts'

/** A block on which one thing is to be changed. */
interface Ground {
  readonly draft: Draft
  readonly parent: CompiledBlock
  readonly honest: BlockSource
  readonly choice: number
}

/** The block as it is to be, and perhaps the honest one that shares its hash. */
type Fault = (ground: Ground) => { readonly faulty: BlockSource; readonly original?: CompiledBlock }

/** The block with the fault of this number. */
export function makeFault(kind: number, ground: Ground): ReturnType<Fault> {
  return FAULTS[kind % FAULTS.length]!(ground)
}

const pick = <Choice>(choices: readonly Choice[], choice: number): Choice => choices[choice % choices.length]!
const uint32Hex = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes.toString('hex')
}

/** One for every rule of a block, at its edge: about a third of what they make is valid. */
const FAULTS: readonly Fault[] = [
  function timeAtAnEdge({ draft, parent, honest, choice }) {
    const { maxFutureSeconds, targetSpacingSeconds } = draft.chainFile.limits
    const latest = draft.now + maxFutureSeconds
    const { medianTime: median, time: last } = parent
    const slow = last + 2 * targetSpacingSeconds
    const times = [
      median - 1,
      median,
      median + 1,
      latest - 1,
      latest,
      latest + 1,
      slow,
      slow + 1,
      last - 600,
      last - 601,
    ]
    return { faulty: { ...honest, time: Math.max(0, pick(times, choice)) } }
  },
  function anyVersion({ honest, choice }) {
    return {
      faulty: { ...honest, version: pick([0, 1, 2, 3, 4, 0xffffffff, 0x80000004, 0x7fffffff], choice) },
    }
  },
  function otherBits({ honest, choice }) {
    return {
      faulty: {
        ...honest,
        bits: pick(['207ffffe', '203fffff', '201fffff', '2000ffff', '1f7fffff'], choice % 4),
      },
    }
  },
  function targetTooSmall({ honest, choice }) {
    const bits = pick(['00000000', '01003456', '04923456'], choice)
    return { faulty: { ...honest, bits, mine: 'fail' } }
  },
  function targetTooLarge({ honest, choice }) {
    const bits = pick(['20ffffff', '21010000', '2100ffff', 'ff123456'], choice)
    return { faulty: { ...honest, bits } }
  },
  function missesTheTarget({ honest }) {
    return { faulty: { ...honest, mine: 'fail' } }
  },
  function anotherMerkleRoot({ honest }) {
    return { faulty: { ...honest, edits: [{ field: 'merkleRoot', bytes: 'ab'.repeat(32) }], mine: 'after' } }
  },
  function unknownParent({ honest, choice }) {
    const bytes = choice.toString(16).padStart(64, 'c')
    return { faulty: { ...honest, edits: [{ field: 'previous', bytes }], mine: 'after' } }
  },
  function claimsAnotherAmount({ draft, honest, choice }) {
    const { maxMoneySats: max } = draft.chainFile.limits
    const value = pick(
      [{ plus: 1 }, { plus: -1 }, { plus: 0 }, -1, 0, max, max + 1, '9223372036854775807'],
      choice,
    )
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, value } } }
  },
  function anyCoinbaseScript({ parent, honest, choice }) {
    const height = (above: number) => heightPush(parent.height + above)
    const script = pick(
      [
        '',
        '51',
        '5151',
        'ab'.repeat(100),
        'ab'.repeat(101),
        height(1),
        `${height(1)}00`,
        `${height(2)}00`,
        `01${uint32Hex(parent.height + 1).slice(0, 2)}`,
        `02${uint32Hex(parent.height + 1).slice(0, 4)}`,
      ],
      choice,
    )
    return { faulty: { ...honest, coinbase: { ...honest.coinbase, script } } }
  },
  function repeatsACoinbase({ parent, honest, choice }) {
    // Equal scripts and amounts make equal coinbases where the height need not be told.
    const coinbase = { script: pick(['5151', '5252', heightPush(parent.height + 2)], choice), value: 1 }
    return { faulty: { ...honest, transactions: [], coinbase } }
  },
  function countsSigops({ draft, honest, choice }) {
    const allowed = Math.floor(draft.chainFile.limits.maxBlockSigopsCost / 4)
    const raw =
      choice % 2 === 0
        ? 'ac'.repeat(allowed + edge(choice))
        : `${'ae'.repeat(Math.floor(allowed / 20))}${'ac'.repeat((allowed % 20) + 1 + edge(choice))}`
    return { faulty: withOutput(honest, raw) }
  },
  function weighsMuch({ draft, honest, choice }) {
    const room = Math.floor(draft.chainFile.limits.maxBlockWeight / 4)
    if (room > 10_000)
      return { faulty: withOutput(honest, '00'.repeat(pick([9_999, 10_000, 10_001], choice))) }
    const withoutWitness = { ...honest, transactions: [] }
    // Any script of this size has a length of three bytes.
    const filler = Math.max(0, room - draft.lengthOf(withOutput(withoutWitness, '00'.repeat(300))) + 300)
    return { faulty: withOutput(withoutWitness, '00'.repeat(filler + edge(choice))) }
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
    const original = draft.block({ ...honest, coinbase: { ...honest.coinbase, witnessCommitment: 'always' } })
    const witness = pick(
      [[], ['00'.repeat(31)], ['01'.repeat(32)], ['00'.repeat(32), ''], ['00'.repeat(33)]],
      choice,
    )
    return { faulty: { copyOf: original.name, edits: [{ transaction: 0, witness }] }, original }
  },
  function addsAWitness({ draft, honest, choice }) {
    const original = draft.block(honest)
    const transaction = choice % 2 === 0 ? 0 : Math.min(1, original.transactions.length)
    return { faulty: { copyOf: original.name, edits: [{ transaction, witness: ['07'] }] }, original }
  },
  function repeatsTheTail({ draft, honest, choice }) {
    const original = draft.block(honest)
    const repeatLast = Math.min(1 + (choice % 2), original.transactions.length + 1)
    return { faulty: { copyOf: original.name, repeatLast }, original }
  },
  function hasNoCoinbase({ honest }) {
    return { faulty: { ...honest, omitCoinbase: true } }
  },
  function hasNothing({ honest }) {
    return { faulty: { ...honest, omitCoinbase: true, transactions: [] } }
  },
  function hasTwoCoinbases({ draft, honest, choice }) {
    const { name } = draft.transaction({
      inputs: [
        {
          spends: { txid: '00'.repeat(32), index: 0xffffffff },
          unlock: { scriptSig: pick(['0101', '01'], choice) },
        },
      ],
      outputs: [{ to: 'anyone', value: 0 }],
    })
    return { faulty: { ...honest, transactions: [...(honest.transactions ?? []), name] } }
  },
  function holdsATransactionTwice({ honest }) {
    const transactions = honest.transactions ?? []
    return { faulty: { ...honest, transactions: [...transactions, ...transactions] } }
  },
  function reversesItsTransactions({ honest }) {
    return { faulty: { ...honest, transactions: (honest.transactions ?? []).toReversed() } }
  },
  function minesAgain({ draft, parent, honest, choice }) {
    const { transactions } = draft.ancestor(parent, choice % 5)
    return {
      faulty: {
        ...honest,
        transactions: transactions.map(({ name }) => name).filter((name) => /^t\d+$/.test(name)),
      },
    }
  },
]

const edge = (choice: number) => (Math.floor(choice / 2) % 3) - 1

function withOutput(block: BlockSource, raw: string): BlockSource {
  return { ...block, coinbase: { ...block.coinbase, outputs: [{ to: { raw }, value: 0 }] } }
}

/** The push of a height that BIP34 wants. [BIP34, Core CScript operator<<(int64_t)] */
function heightPush(height: number): string {
  if (height <= 16) return (0x50 + height).toString(16)
  const bytes = height < 0x80 ? 1 : 2
  return `0${bytes}${uint32Hex(height).slice(0, 2 * bytes)}`
}
