import { type DefinedModule, defineModule, ok, oneOf, range, sequenceOf } from '../language/index.ts'
import { finalByMedianTime } from '../rules/index.ts'
import { type Branch, hash, height, type Transaction } from '../vocabulary/index.ts'

interface Constants {
  /** Blocks of a branch at most, and how far the time of a block may be from the median before it. */
  readonly blocks: number
  readonly leap: number
  /** The lock of the one transaction: a height, or a time. */
  readonly lock: 'height' | 'time'
  readonly lockedUntil: number
  readonly flaw: 'none' | 'keeps-premature' | 'own-time'
}

interface State {
  /** Times of the blocks after genesis, in units after the time of genesis. */
  readonly times: readonly number[]
  /** Where the transaction is: unknown yet, waiting unconfirmed, or in the block at this height. */
  readonly place: 'unknown' | 'pool' | 'chain'
  readonly confirmedAt: number
}

/** Times here are far above the heights, so that a lock time says which of the two it means. */
const TIME_OF_GENESIS = 600_000_000
const NO_HASH = hash('00'.repeat(32))
/** Blocks of which the median is taken: fewer than on a real chain, so that it moves. */
const SPAN = 3

/**
 * A transaction that is locked until a height or a time, on a chain that reorganises. Whether it is final is asked of the
 * very rule that judges real blocks. Heights only grow from tip to tip, but the median time may fall when the best branch
 * changes: what waited as final must be asked again.
 */
export const lockTime: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'LockTime',
  constants: { blocks: 5, leap: 2, lock: 'time', lockedUntil: 2, flaw: 'none' },
  presets: {
    height: { lock: 'height' },
    large: { blocks: 9, leap: 3, lockedUntil: 5 },
    'flaw: keeps-premature': { flaw: 'keeps-premature' },
    'flaw: own-time': { flaw: 'own-time' },
  },
  variables: ({ blocks, leap }) => ({
    times: sequenceOf(range(0, blocks * leap), blocks),
    place: oneOf(['unknown', 'pool', 'chain']),
    confirmedAt: range(0, blocks),
  }),
  init: () => [{ times: [], place: 'unknown', confirmedAt: 0 }],
  actions: (constants, action) => ({
    Submit: action({
      guard: ({ times, place }) => place === 'unknown' && isFinal(constants, times, medianOf(times) + 1),
      next: () => ({ place: 'pool' }),
    }),
    Mine: action({
      choose: { after: range(1, constants.leap), includes: oneOf([false, true]) },
      guard: {
        hasRoom: ({ times }) => times.length < constants.blocks,
        isWaiting: ({ place }, { includes }) => !includes || place === 'pool',
        isFinal: ({ times }, { after, includes }) =>
          !includes ||
          constants.flaw === 'keeps-premature' ||
          isFinal(constants, times, medianOf(times) + after),
      },
      next: ({ times, place, confirmedAt }, { after, includes }) => ({
        times: [...times, medianOf(times) + after],
        place: includes ? 'chain' : place,
        confirmedAt: includes ? times.length + 1 : confirmedAt,
      }),
    }),
    // A branch that leaves the chain some blocks below and is one block longer; its times may be lower.
    Reorganise: action({
      choose: { depth: range(1, 2), after: range(1, constants.leap) },
      guard: ({ times }, { depth }) => times.length >= depth && times.length < constants.blocks,
      next: ({ times, place, confirmedAt }, { depth, after }) => {
        const fork = times.slice(0, times.length - depth)
        const longer = Array.from({ length: depth + 1 }).reduce<readonly number[]>(
          (branch) => [...branch, medianOf(branch) + after],
          fork,
        )
        const isUndone = place === 'chain' && confirmedAt > fork.length
        const waits = place === 'pool' || isUndone
        const stays = constants.flaw === 'keeps-premature' || isFinal(constants, longer, medianOf(longer) + 1)
        return {
          times: longer,
          place: waits ? (stays ? 'pool' : 'unknown') : place,
          confirmedAt: isUndone ? 0 : confirmedAt,
        }
      },
    }),
  }),
  ends: () => () => true,
  invariants: (constants) => ({
    poolIsFinal: ({ times, place }) =>
      place !== 'pool' || isFinal({ ...constants, flaw: 'none' }, times, medianOf(times) + 1),
    confirmedWasFinal: ({ times, place, confirmedAt }) => {
      const before = times.slice(0, confirmedAt - 1)
      return place !== 'chain' || isFinal({ ...constants, flaw: 'none' }, before, times[confirmedAt - 1]!)
    },
    timesPassTheMedian: ({ times }) => times.every((time, index) => time > medianOf(times.slice(0, index))),
  }),
  sometimes: ({ lock }, ofStep) => ({
    isConfirmed: ({ place }) => place === 'chain',
    isUndoneAndWaits: ofStep((before, after) => before.place === 'chain' && after.place === 'pool'),
    // Only a time can be taken back: a longer branch is never lower.
    ...(lock === 'time' && {
      isPrematureAgain: ofStep((before, after) => before.place === 'pool' && after.place === 'unknown'),
    }),
  }),
})

/** The median time of the last blocks, genesis among them. */
function medianOf(times: readonly number[]): number {
  const last = [0, ...times].slice(-SPAN).sort((left, right) => left - right)
  return last[Math.floor(last.length / 2)]!
}

/** Whether the transaction may be in the block after these: asked of the rule. */
function isFinal(
  { lock, lockedUntil, flaw }: Constants,
  times: readonly number[],
  blockTime: number,
): boolean {
  // With the flaw, the time of the block itself counts, as it did before BIP113.
  const parent = flaw === 'own-time' ? branchOf([...times, blockTime, blockTime]) : branchOf(times)
  return (
    finalByMedianTime.check(
      {
        transaction: lockedTransaction(lock === 'height' ? lockedUntil : TIME_OF_GENESIS + lockedUntil),
        height: height(times.length + 1),
        parent,
        blockTime: TIME_OF_GENESIS + blockTime,
      },
      { medianTimeSpanBlocks: SPAN } as Parameters<typeof finalByMedianTime.check>[1],
    ) === ok
  )
}

/** A transaction of which only the lock time matters. */
function lockedTransaction(lockTime: number): Transaction {
  const input = {
    outpoint: { txid: NO_HASH, index: 0 },
    scriptSig: new Uint8Array(),
    sequence: 0,
    witness: [],
  }
  return { version: 2, inputs: [input], outputs: [], lockTime }
}

/** Genesis and the blocks above it, of which only the times matter. */
function branchOf(times: readonly number[]): Branch {
  const at = (time: number, index: number, parent?: Branch): Branch => ({
    hash: NO_HASH,
    header: {
      version: 1,
      previous: NO_HASH,
      merkleRoot: NO_HASH,
      time: TIME_OF_GENESIS + time,
      bits: 0,
      nonce: 0,
    },
    height: height(index),
    chainWork: 0n,
    ...(parent !== undefined && { parent }),
  })
  return times.reduce((parent, time, index) => at(time, index + 1, parent), at(0, 0))
}
