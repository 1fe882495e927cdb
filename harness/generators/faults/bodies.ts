import { pick } from '../choices.ts'
import { makePair } from '../pairs.ts'
import type { Fault } from './fault.ts'

/** One for every rule of what stands in a block. */
export const BODY_FAULTS: readonly Fault[] = [
  function addsAWitness({ draft, honest, choice }) {
    const original = draft.addBlock(honest)
    const transaction = choice % 2 === 0 ? 0 : Math.min(1, original.transactions.length)
    return { faulty: { copyOf: original.name, edits: [{ transaction, witness: ['07'] }] }, original }
  },
  function carriesAWitness({ draft, parent, honest, choice }) {
    const pair = makePair(draft, parent, {
      lock: { script: 'DROP 1', wrap: 'p2wsh' },
      unlock: { script: '7' },
    })
    if (pair === undefined) return undefined
    const witnessCommitment = pick(['none', 'auto', 'none', '22'.repeat(32)] as const, choice)
    return { faulty: { ...honest, transactions: pair, coinbase: { ...honest.coinbase, witnessCommitment } } }
  },
  /** Of three transactions the last is paired with itself; of two or four, nothing is paired so. */
  function repeatsTheTail({ draft, parent, honest, choice }) {
    const pair = makePair(draft, parent, { lock: 'anyone' })
    const transactions = pair === undefined || choice % 4 === 0 ? honest.transactions : pair
    const original = draft.addBlock({ ...honest, transactions })
    const repeatLast = 1 + Math.min(Number(choice % 4 === 1), original.transactions.length)
    return { faulty: { copyOf: original.name, repeatLast }, original }
  },
  function holdsATransactionTwice({ honest }) {
    const transactions = honest.transactions ?? []
    return { faulty: { ...honest, transactions: [...transactions, ...transactions] } }
  },
  function reversesItsTransactions({ honest }) {
    return { faulty: { ...honest, transactions: (honest.transactions ?? []).toReversed() } }
  },
  function spendsWhatComesLater({ draft, parent, honest, choice }) {
    const pair = makePair(draft, parent, { lock: 'anyone' })
    if (pair === undefined) return undefined
    return { faulty: { ...honest, transactions: choice % 2 === 0 ? pair.toReversed() : pair } }
  },
  function holdsAnEmptyTransaction({ draft, honest, choice }) {
    const { name } = draft.addTransaction({
      raw: pick(['02000000000000000000', '01000000000007000000'], choice),
    })
    return { faulty: { ...honest, transactions: [...(honest.transactions ?? []), name] } }
  },
  function minesAgain({ draft, parent, honest, choice }) {
    const transactions = draft.transactionsIn(draft.ancestor(parent, choice % 5))
    return { faulty: { ...honest, transactions } }
  },
]
