import type { CompiledBlock, LockSource, TransactionSource } from '../scenario/index.ts'
import { easyCoins } from './coins.ts'
import type { Draft } from './draft.ts'

/** A lock and how it is opened. */
export interface Opening {
  readonly lock: LockSource
  readonly unlock?: NonNullable<NonNullable<TransactionSource['inputs']>[number]['unlock']>
  readonly version?: number
  readonly lockTime?: number
  readonly sequence?: number
}

/** A coin worth less than this buys nothing. */
const WORTH_MIN = 1000n

/** Two transactions for a block on `parent`: one makes a coin with a lock, the other opens it; undefined without a coin to spend. */
export function makePair(
  draft: Draft,
  parent: CompiledBlock,
  { lock, unlock, version, lockTime, sequence }: Opening,
): [maker: string, opener: string] | undefined {
  const coins = easyCoins(draft, parent).filter(({ value }) => value >= WORTH_MIN)
  // Without a signature its length is always the same.
  const coin = coins.find((owned) => draft.lockOf(owned) === 'anyone') ?? coins[0]
  if (coin === undefined) return undefined
  const maker = draft.addTransaction({
    inputs: [{ spends: coin.reference }],
    outputs: [{ to: lock, value: 'rest' }],
  })
  const opener = draft.addTransaction({
    ...(version === undefined ? {} : { version }),
    ...(lockTime === undefined ? {} : { lockTime }),
    inputs: [
      {
        spends: `${maker.name}:0`,
        ...(sequence === undefined ? {} : { sequence }),
        ...(unlock === undefined ? {} : { unlock }),
      },
    ],
    outputs: [{ to: 'anyone', value: 'rest' }],
  })
  return [maker.name, opener.name]
}
