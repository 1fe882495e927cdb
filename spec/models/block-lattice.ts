import { defineModule, oneOf, range, recordOf, sequenceOf } from '../language/index.ts'

/** What bounds the model, and what is wrong in it. */
export interface LatticeConstants {
  /** The first of them has all there is at first. */
  readonly accounts: readonly string[]
  readonly supply: number
  /** Blocks at most, the first included. */
  readonly blocks: number
  readonly flaw: 'none' | 'signatures-only'
}

/** A block of one account's chain. Places count from 1; 0 is none. */
interface LatticeBlock {
  readonly account: string
  readonly previous: number
  /** The block that sent what this one receives. */
  readonly source: number
  /** To whom the difference to the block before is sent. */
  readonly to: string
  readonly balance: number
}

/** What is received: the place of the block that sent it. */
interface Payment {
  readonly source: number
}

interface LatticeState {
  readonly blocks: readonly LatticeBlock[]
}

const NOBODY = 'nobody'

/**
 * A ledger in which each account has a chain of its own, and a payment is two blocks: one sends, one receives. Where a
 * block need only be signed by its owner, it may follow a block that another follows already. [LeMahieu, Nano: a feeless
 * distributed cryptocurrency network; tlaplus/Examples NanoBlockchain]
 */
export const blockLattice = defineModule<LatticeConstants, LatticeState>({
  name: 'BlockLattice',
  constants: { accounts: ['a', 'b'], supply: 2, blocks: 5, flaw: 'none' },
  presets: {
    tiny: { blocks: 4 },
    large: { accounts: ['a', 'b', 'c'], supply: 3, blocks: 6 },
    'flaw: signatures-only': { flaw: 'signatures-only' },
  },
  variables: ({ accounts, supply, blocks }) => ({
    blocks: sequenceOf(
      recordOf({
        account: oneOf(accounts),
        previous: range(0, blocks),
        source: range(0, blocks),
        to: oneOf([NOBODY, ...accounts]),
        balance: range(0, supply * blocks),
      }),
      blocks,
    ),
  }),
  init: ({ accounts, supply }) => [
    { blocks: [{ account: accounts[0]!, previous: 0, source: 0, to: NOBODY, balance: supply }] },
  ],
  actions: ({ accounts, supply, blocks: most, flaw }, action) => {
    const place = range(1, most)
    const mayFollow = ({ blocks }: LatticeState, previous: number) =>
      flaw === 'signatures-only' || isHead(blocks, previous)
    const hasRoom = ({ blocks }: LatticeState) => blocks.length < most
    const isPayment = ({ blocks }: LatticeState, { source }: Payment) =>
      source <= blocks.length && blocks[source - 1]!.to !== NOBODY
    const isNotReceived = ({ blocks }: LatticeState, { source }: Payment) => !isReceived(blocks, source)
    return {
      Send: action({
        choose: { previous: place, left: range(0, supply), to: oneOf(accounts) },
        guard: {
          hasRoom,
          previousExists: ({ blocks }, { previous }) => previous <= blocks.length,
          mayFollow: (state, { previous }) => mayFollow(state, previous),
          sendsSomething: ({ blocks }, { previous, left }) => left < blocks[previous - 1]!.balance,
        },
        next: ({ blocks }, { previous, left, to }) => ({
          blocks: [
            ...blocks,
            { account: blocks[previous - 1]!.account, previous, source: 0, to, balance: left },
          ],
        }),
      }),
      Open: action<Payment>({
        choose: { source: place },
        guard: {
          hasRoom,
          isPayment,
          isNotReceived,
          isNotOpen: ({ blocks }, { source }) =>
            blocks.every(({ account }) => account !== blocks[source - 1]!.to),
        },
        next: ({ blocks }, { source }) => ({ blocks: [...blocks, received(blocks, 0, source)] }),
      }),
      Receive: action<Payment & { readonly previous: number }>({
        choose: { previous: place, source: place },
        guard: {
          hasRoom,
          isPayment,
          isNotReceived,
          isOwn: ({ blocks }, { previous, source }) =>
            blocks[previous - 1]?.account === blocks[source - 1]!.to,
          mayFollow: (state, { previous }) => mayFollow(state, previous),
        },
        next: ({ blocks }, { previous, source }) => ({
          blocks: [...blocks, received(blocks, previous, source)],
        }),
      }),
    }
  },
  ends: () => () => true,
  invariants: ({ supply }) => ({
    accountsHoldNoMoreThanThereIs: ({ blocks }) => held(blocks) <= supply,
    debitsEqualCredits: ({ blocks }) => held(blocks) + inTransit(blocks) === supply,
  }),
  sometimes: () => ({
    anAccountIsOpened: ({ blocks }) => blocks.some(({ previous, source }) => previous === 0 && source > 0),
    aPaymentIsOnItsWay: ({ blocks }) => inTransit(blocks) > 0,
  }),
})

function isHead(blocks: readonly LatticeBlock[], place: number): boolean {
  return blocks.every(({ previous }) => previous !== place)
}

function isReceived(blocks: readonly LatticeBlock[], place: number): boolean {
  return blocks.some(({ source }) => source === place)
}

function sent(blocks: readonly LatticeBlock[], place: number): number {
  const { previous, balance } = blocks[place - 1]!
  return blocks[previous - 1]!.balance - balance
}

function received(blocks: readonly LatticeBlock[], previous: number, source: number): LatticeBlock {
  const balance = (blocks[previous - 1]?.balance ?? 0) + sent(blocks, source)
  return { account: blocks[source - 1]!.to, previous, source, to: NOBODY, balance }
}

/** What the last blocks of all chains hold. */
function held(blocks: readonly LatticeBlock[]): number {
  return blocks.reduce((sum, { balance }, index) => (isHead(blocks, index + 1) ? sum + balance : sum), 0)
}

/** What was sent and is not received. */
function inTransit(blocks: readonly LatticeBlock[]): number {
  return blocks.reduce(
    (sum, { to }, index) =>
      to !== NOBODY && !isReceived(blocks, index + 1) ? sum + sent(blocks, index + 1) : sum,
    0,
  )
}
