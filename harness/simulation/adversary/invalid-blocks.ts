import type { BranchCoin } from '../../generators/index.ts'
import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import { spendAnew } from './forks.ts'

/** What a flawed block is made from. */
interface Ground {
  readonly director: Director
  readonly parent: CompiledBlock
  /** A coin that an honest block could spend. */
  readonly coin: BranchCoin
  readonly choice: number
}

/** The flawed block, and perhaps the honest one that it is a copy of, which is handed over after it. */
type Flaw = (ground: Ground) => readonly [flawed: BlockSource, honest?: CompiledBlock]

/** Hands a node a block with one fault, then perhaps the honest bytes, and blocks built upon it. */
export function badBlock(director: Director, { node, flaw, children, byPeer }: ActOf<'bad-block'>): void {
  const host = director.host(node)
  if (!host.running) return
  const parent = director.tipOf(host)
  const coins = director.matureCoinsAt(parent)
  const coin = coins[flaw % Math.max(1, coins.length)]
  if (coin === undefined) return
  const make = FLAWS[flaw % FLAWS.length]!
  const [flawed, honest] = make({ director, parent, coin, choice: flaw })
  const blocks = [director.addBlock(flawed), ...(honest === undefined ? [] : [honest])]
  for (let child = 0; child < children; child++)
    blocks.push(director.addBlock({ extends: blocks.at(-1)!.name }))
  director.world.mark('invalid-block')
  director.send(
    blocks.map((block) => block.name),
    [host],
    { via: byPeer ? 'peer' : 'submit' },
  )
}

/** What is wrong can be seen from the block alone. */
const SHAPE_FLAWS: readonly Flaw[] = [
  function hasNoCoinbase({ director, parent, coin, choice }) {
    return [{ extends: parent.name, transactions: [spendAnew(director, coin, choice)], omitCoinbase: true }]
  },
  function hasTwoCoinbases({ director, parent }) {
    const { name } = director.addTransaction({
      inputs: [{ spends: NOTHING, unlock: { scriptSig: '0151' } }],
      outputs: [{ to: 'anyone', value: 0 }],
    })
    return [{ extends: parent.name, transactions: [name] }]
  },
  function hasACoinbaseScriptOfTheWrongLength({ parent, choice }) {
    const script = '51'.repeat(choice % 2 === 0 ? 1 : 101)
    return [{ extends: parent.name, coinbase: { script } }]
  },
  function spendsNothingBesideACoin({ director, parent, coin }) {
    return [withTransaction(director, parent, [coin.reference, NOTHING], [1])]
  },
  function paysLessThanNothing({ director, parent, coin }) {
    return [withTransaction(director, parent, [coin.reference], [-1])]
  },
  function paysNobody({ director, parent, coin }) {
    return [withTransaction(director, parent, [coin.reference], [])]
  },
  function hasAnotherMerkleRoot({ parent }) {
    return [{ extends: parent.name, edits: [{ field: 'merkleRoot', bytes: '33'.repeat(32) }], mine: 'after' }]
  },
  function hasAReservedValueOfTheWrongLength({ director, parent }) {
    const honest = director.addBlock({ extends: parent.name, coinbase: { witnessCommitment: 'always' } })
    return [{ copyOf: honest.name, edits: [{ transaction: 0, witness: ['11'.repeat(31)] }] }, honest]
  },
  function carriesAWitnessUnannounced({ director, parent }) {
    const honest = director.addBlock({ extends: parent.name, coinbase: { witnessCommitment: 'none' } })
    return [{ copyOf: honest.name, edits: [{ transaction: 0, witness: ['11'.repeat(32)] }] }, honest]
  },
  function hasTooManySigops({ director, parent, coin, choice }) {
    const checks = Math.floor(director.chain.limits.maxBlockSigopsCost / LEGACY_SIGOP_COST) + (choice % 2)
    const { name } = director.addTransaction({
      inputs: [{ spends: coin.reference }],
      outputs: [{ to: { raw: 'ac'.repeat(checks) }, value: 1 }],
    })
    return [{ extends: parent.name, transactions: [name] }]
  },
]

/** An outpoint that only a coinbase has. */
const NOTHING = { txid: '00'.repeat(32), index: 0xffffffff }
/** What an opcode of a script without witness costs. [BIP141 §Sigops] */
const LEGACY_SIGOP_COST = 4

const FLAWS: readonly Flaw[] = [
  function claimsTooMuch({ parent }) {
    return [{ extends: parent.name, coinbase: { value: { plus: 1 } } }]
  },
  function claimsTooMuchOfTheFees({ director, parent, coin, choice }) {
    const transactions = [spendAnew(director, coin, choice)]
    return [{ extends: parent.name, transactions, coinbase: { value: { plus: 1 } } }]
  },
  function paysOutMoreThanItTakesIn({ director, parent, coin }) {
    return [withTransaction(director, parent, [coin.reference], [Number(coin.value) + 1])]
  },
  function overflows({ director, parent, coin }) {
    const huge = '9223372036854775806'
    return [withTransaction(director, parent, [coin.reference], [huge, huge])]
  },
  function spendsNothingThere({ director, parent, choice }) {
    const txid = choice.toString(16).padStart(64, 'a')
    return [withTransaction(director, parent, [{ txid, index: 0 }], [0])]
  },
  function spendsOneCoinInTwoTransactions({ director, parent, coin, choice }) {
    const transactions = [spendAnew(director, coin, choice), spendAnew(director, coin, choice + 1)]
    return [{ extends: parent.name, transactions }]
  },
  function spendsOneCoinTwiceInOneTransaction({ director, parent, coin }) {
    return [withTransaction(director, parent, [coin.reference, coin.reference], [Number(coin.value)])]
  },
  function spendsTooEarly({ director, parent }) {
    const own = parent.height > 0 ? `${parent.name}:0` : 'genesis:0'
    return [withTransaction(director, parent, [own], [1])]
  },
  function putsTheChildFirst({ director, parent, coin, choice }) {
    const first = spendAnew(director, coin, choice)
    return [{ extends: parent.name, transactions: [spendOutput(director, first), first] }]
  },
  function repeatsTheLast({ director, parent, coin, choice }) {
    // Two transactions with their coinbase: both twice, or of three the last, leave the Merkle root as it is.
    const first = spendAnew(director, coin, choice)
    const transactions = choice % 2 === 0 ? [first] : [first, spendOutput(director, first)]
    const honest = director.addBlock({ extends: parent.name, transactions })
    return [{ copyOf: honest.name, repeatLast: transactions.length === 1 ? 2 : 1 }, honest]
  },
  function altersAWitness({ director, parent }) {
    const honest = director.addBlock({ extends: parent.name, coinbase: { witnessCommitment: 'always' } })
    const witness = ['11'.repeat(32)]
    return [{ copyOf: honest.name, edits: [{ transaction: 0, witness }] }, honest]
  },
  function commitsToAnotherWitness({ parent }) {
    return [{ extends: parent.name, coinbase: { witnessCommitment: '22'.repeat(32) } }]
  },
  function isTooOld({ parent }) {
    return [{ extends: parent.name, time: 'mtp' }]
  },
  function isTooNew({ director, parent, choice }) {
    return [
      {
        extends: parent.name,
        time: director.unixTime + director.chain.limits.maxFutureSeconds - 1 + (choice % 4),
      },
    ]
  },
  function asksForOtherBits({ parent }) {
    return [{ extends: parent.name, bits: '207ffffe' }]
  },
  function missesItsTarget({ parent }) {
    return [{ extends: parent.name, mine: 'fail' }]
  },
  function isOfAnOldVersion({ parent, choice }) {
    return [{ extends: parent.name, version: 1 + (choice % 4) }]
  },
  function tellsAnotherHeight({ parent }) {
    return [{ extends: parent.name, coinbase: { script: '02ff7f0000' } }]
  },
  ...SHAPE_FLAWS,
  function isWronglySigned({ director, parent }) {
    const coin = director.addBlock({ extends: parent.name, coinbase: { to: 'mallory' } })
    const between = Array.from({ length: director.chain.limits.coinbaseMaturityBlocks - 1 }).reduce<
      CompiledBlock[]
    >((row) => [...row, director.addBlock({ extends: row.at(-1)!.name })], [coin])
    const { name } = director.addTransaction({
      inputs: [{ spends: `${coin.name}:0`, unlock: { keys: ['trudy'] } }],
      outputs: [{ to: 'anyone', value: 1 }],
    })
    director.send(
      between.map((block) => block.name),
      [director.world.hosts[0]!],
    )
    return [{ extends: between.at(-1)!.name, transactions: [name] }]
  },
]

type OutputValue = NonNullable<Parameters<Director['addTransaction']>[0]['outputs']>[number]['value']
type Spends = NonNullable<Parameters<Director['addTransaction']>[0]['inputs']>[number]['spends']

function withTransaction(
  director: Director,
  parent: CompiledBlock,
  spends: readonly Spends[],
  values: readonly OutputValue[],
): BlockSource {
  const { name } = director.addTransaction({
    inputs: spends.map((one) => ({ spends: one })),
    outputs: values.map((value) => ({ to: 'anyone', value })),
  })
  return { extends: parent.name, transactions: [name] }
}

function spendOutput(director: Director, transaction: string): string {
  return director.addTransaction({
    inputs: [{ spends: `${transaction}:0` }],
    outputs: [{ to: 'anyone', value: 'rest' }],
  }).name
}
