import type { Move, Position } from './policy.ts'

/** Who has a share of the hash rate, and how many of the others mine on its branch in a race of equals. */
export interface Strength {
  /** The attacker's share of the hash rate. */
  readonly share: number
  /** The share of the honest miners that hears the attacker's block first. [Eyal and Sirer 2014, γ] */
  readonly gamma: number
}

/** Blocks that a step settles for each side. */
export interface Settled {
  readonly secret: number
  readonly honest: number
}

/** What may follow a move: with which probability, where, and what is settled by it. */
export interface Successor {
  readonly probability: number
  readonly position: Position
  readonly settled: Settled
}

const NOTHING: Settled = { secret: 0, honest: 0 }
export const START: Position = { secret: 0, honest: 0, fork: 'irrelevant' }

/**
 * What follows once the move is made and the next block is found. A branch that is given up or has won leads to
 * `START` at once, where the next block is still to be found. [Sapirshtein et al. 2015, table 1]
 */
export function successorsOf(position: Position, move: Move, strength: Strength): Successor[] {
  const { secret, honest } = position
  if (move === 'adopt') return [{ probability: 1, position: START, settled: { secret: 0, honest } }]
  if (move === 'override') {
    const left: Position = { secret: secret - honest - 1, honest: 0, fork: 'irrelevant' }
    return [{ probability: 1, position: left, settled: { secret: honest + 1, honest: 0 } }]
  }
  const { share, gamma } = strength
  const isRace = move === 'match' || position.fork === 'active'
  const fork = isRace ? 'active' : 'irrelevant'
  const own: Successor = {
    probability: share,
    position: { secret: secret + 1, honest, fork },
    settled: NOTHING,
  }
  const against: Position = { secret, honest: honest + 1, fork: 'relevant' }
  if (!isRace) return [own, { probability: 1 - share, position: against, settled: NOTHING }]
  return [
    own,
    {
      probability: gamma * (1 - share),
      position: { secret: secret - honest, honest: 1, fork: 'relevant' },
      settled: { secret: honest, honest: 0 },
    },
    { probability: (1 - gamma) * (1 - share), position: against, settled: NOTHING },
  ]
}
