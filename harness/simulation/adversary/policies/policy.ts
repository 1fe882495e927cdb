/** What a miner that keeps blocks secret does when a block has been found. [Sapirshtein, Sompolinsky and Zohar 2015 §3] */
export type Move =
  /** Gives its branch up and mines on the honest one. */
  | 'adopt'
  /** Publishes one block more than the honest branch has. */
  | 'override'
  /** Publishes as many blocks as the honest branch has, at the moment at which its last one is heard. */
  | 'match'
  /** Mines on in secret. */
  | 'wait'

/** Whether a match is possible or under way. */
export type Fork =
  /** The attacker has found the last block: a match would come too late. */
  | 'irrelevant'
  /** An honest miner has just found the last block: a match comes in time. */
  | 'relevant'
  /** Both branches are published, and the honest miners are divided. */
  | 'active'

const FORKS: readonly Fork[] = ['irrelevant', 'relevant', 'active']

/** Blocks of each side since the last block that both share, and the fork's state. */
export interface Position {
  readonly secret: number
  readonly honest: number
  readonly fork: Fork
}

/** What a miner does in each position. */
export interface Policy {
  readonly name: string
  moveAt(position: Position): Move
}

/** A row of a policy's table; what it leaves out may be anything. */
export interface PolicyRow {
  /** How many blocks the attacker is ahead, from and to. */
  readonly lead?: readonly [number, number]
  /** Whether the honest miners have found a block. */
  readonly isContested?: boolean
  readonly fork?: Fork
  readonly move: Move
}

/** The policy of a table: the first row that fits a position and is allowed there says the move. */
export function policyOf(name: string, rows: readonly PolicyRow[]): Policy {
  return {
    name,
    moveAt: (position) => rows.find((row) => fits(row, position) && isAllowed(row.move, position))!.move,
  }
}

function fits({ lead, isContested, fork }: PolicyRow, position: Position): boolean {
  const ahead = position.secret - position.honest
  return (
    (lead === undefined || (lead[0] <= ahead && ahead <= lead[1])) &&
    (isContested === undefined || isContested === position.honest > 0) &&
    (fork === undefined || fork === position.fork)
  )
}

/** Whether the rules of the game allow a move there. */
export function isAllowed(move: Move, { secret, honest, fork }: Position): boolean {
  if (move === 'override') return secret > honest
  if (move === 'match') return fork === 'relevant' && honest > 0 && secret >= honest
  return move === 'wait' || honest > 0
}

/** Every position in which neither side has more than `lengthMax` blocks, in the order of their places. */
export function positionsOf(lengthMax: number): Position[] {
  const lengths = Array.from({ length: lengthMax + 1 }, (_, length) => length)
  return lengths.flatMap((secret) =>
    lengths.flatMap((honest) => FORKS.map((fork) => ({ secret, honest, fork }))),
  )
}

/** The place of a position among those. */
export function placeOf({ secret, honest, fork }: Position, lengthMax: number): number {
  return (secret * (lengthMax + 1) + honest) * FORKS.length + FORKS.indexOf(fork)
}
