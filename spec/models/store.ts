import { type DefinedModule, defineModule, oneOf, optional, range, subsetOf } from '../language/index.ts'

interface Constants {
  /** Blocks of the one chain that is connected. */
  readonly blocks: number
  readonly crashes: number
  /** What is written in the wrong order or not at all, so that it can be seen to matter. */
  readonly flaw: 'none' | 'no-mark' | 'coins-first' | 'no-repair'
}

interface State {
  /** The height up to which the running node has connected blocks; undefined while it is down. */
  readonly tip: number | undefined
  /** Blocks whose bytes are on the disk for sure; a block that is only written may be lost in a crash. */
  readonly synced: readonly number[]
  readonly written: readonly number[]
  /** For which height each half of the coins on the disk is: a flush writes them one after the other. */
  readonly coinsLeft: number
  readonly coinsRight: number
  /** While a flush is under way: from which height to which. */
  readonly mark: string
  readonly crashesLeft: number
  /** What the node does: it runs, writes half the coins, or has found that it cannot repair itself. */
  readonly phase: 'running' | 'half' | 'stuck'
}

/**
 * A node that keeps blocks and coins in two places, and may stop at any write. Coins are flushed from time to time: a
 * mark says from where to where, then the coins follow half by half, then the mark goes. The next to open the store
 * finds either no mark, and coins of one height, or a mark, and rolls the coins on from the blocks that it names.
 * [Core's DB_HEAD_BLOCKS does the same]
 */
export const store: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'Store',
  constants: { blocks: 3, crashes: 2, flaw: 'none' },
  presets: {
    tiny: { blocks: 2, crashes: 1 },
    large: { blocks: 7, crashes: 3 },
    'flaw: no-mark': { flaw: 'no-mark' },
    'flaw: coins-first': { flaw: 'coins-first' },
    'flaw: no-repair': { flaw: 'no-repair' },
  },
  variables: ({ blocks, crashes }) => ({
    tip: optional(range(0, blocks)),
    synced: subsetOf(heights(blocks)),
    written: subsetOf(heights(blocks)),
    coinsLeft: range(0, blocks),
    coinsRight: range(0, blocks),
    mark: oneOf(marks(blocks)),
    crashesLeft: range(0, crashes),
    phase: oneOf(['running', 'half', 'stuck']),
  }),
  init: ({ crashes }) => [
    {
      tip: 0,
      synced: [],
      written: [],
      coinsLeft: 0,
      coinsRight: 0,
      mark: 'none',
      crashesLeft: crashes,
      phase: 'running',
    },
  ],
  actions: ({ blocks, flaw }, action) => ({
    Connect: action({
      guard: ({ tip, phase }) => tip !== undefined && tip < blocks && phase === 'running',
      next: ({ tip, written }) => ({ tip: tip! + 1, written: [...written, tip! + 1] }),
    }),
    SyncBlocks: action({
      guard: ({ tip, written, synced }) =>
        tip !== undefined && written.some((block) => !synced.includes(block)),
      next: ({ written }) => ({ synced: written }),
    }),
    BeginFlush: action({
      guard: {
        isRunning: ({ tip, phase }) => tip !== undefined && phase === 'running',
        coinsAreBehind: ({ tip, coinsLeft }) => tip !== coinsLeft,
        blocksAreSafe: ({ tip, synced }) =>
          flaw === 'coins-first' || heights(tip!).every((block) => synced.includes(block)),
      },
      next: ({ tip, coinsRight }) => ({
        coinsLeft: tip!,
        phase: 'half',
        ...(flaw !== 'no-mark' && { mark: `${coinsRight} to ${tip}` }),
      }),
    }),
    EndFlush: action({
      guard: ({ tip, phase }) => tip !== undefined && phase === 'half',
      next: ({ coinsLeft }) => ({ coinsRight: coinsLeft, mark: 'none', phase: 'running' }),
    }),
    Crash: action({
      choose: { lost: subsetOf(heights(blocks)) },
      guard: ({ tip, crashesLeft, written, synced }, { lost }) =>
        tip !== undefined &&
        crashesLeft > 0 &&
        lost.every((block) => written.includes(block) && !synced.includes(block)),
      next: ({ written, crashesLeft }, { lost }) => {
        const kept = written.filter((block) => !lost.includes(block))
        return { tip: undefined, written: kept, synced: kept, crashesLeft: crashesLeft - 1, phase: 'running' }
      },
    }),
    Open: action({
      guard: ({ tip, phase }) => tip === undefined && phase === 'running',
      next: ({ coinsLeft, coinsRight, mark, written }) => {
        if (mark === 'none' || flaw === 'no-repair') return { tip: coinsLeft }
        // The blocks between the two heights are applied again to both halves; one that was applied stays as it is.
        const between = heights(coinsLeft).filter((block) => block > coinsRight)
        return between.every((block) => written.includes(block))
          ? { tip: coinsLeft, coinsRight: coinsLeft, mark: 'none' }
          : { phase: 'stuck' }
      },
    }),
  }),
  ends: () => () => true,
  invariants: () => ({
    isNeverStuck: ({ phase }) => phase !== 'stuck',
    coinsAreOfOneHeight: ({ tip, phase, coinsLeft, coinsRight }) =>
      tip === undefined || phase !== 'running' || coinsLeft === coinsRight,
    coinsHaveTheirBlocks: ({ coinsLeft, written }) =>
      heights(coinsLeft).every((block) => written.includes(block)),
  }),
  properties: (_, { alwaysStep }) => ({
    whatIsFlushedStays: alwaysStep((before, after) => after.coinsRight >= before.coinsRight),
  }),
  sometimes: (_, ofStep) => ({
    aFlushIsRepaired: ofStep(
      (before, after, { action }) => action === 'Open' && before.mark !== 'none' && after.mark === 'none',
    ),
    aBlockIsLost: ofStep(
      (before, after, { action }) => action === 'Crash' && after.written.length < before.written.length,
    ),
  }),
})

function heights(most: number): readonly number[] {
  return Array.from({ length: most }, (_, index) => index + 1)
}

function marks(blocks: number): readonly string[] {
  const all = [0, ...heights(blocks)]
  return ['none', ...all.flatMap((from) => all.map((to) => `${from} to ${to}`))]
}
