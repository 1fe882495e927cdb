import { isAllowed, type Move, type Policy, type Position, placeOf, positionsOf } from './policy.ts'
import { START, type Strength, successorsOf } from './step.ts'

/**
 * The share of the main chain's blocks that a policy earns, from the Markov chain that it makes. A branch that grows
 * to `lengthMax` blocks ends: the attacker shows it if it is longer, and gives it up if not.
 */
export function revenueOf(policy: Policy, strength: Strength, lengthMax: number): number {
  const game = createGame(lengthMax, strength, (position) => [policy.moveAt(position)])
  const { secret, honest } = evaluate(game, game.firsts)
  return secret / (secret + honest)
}

/**
 * The policy that earns most among those that keep no branch longer than `lengthMax`: its revenue is a lower bound of
 * the best. The ratio is maximised by maximising the difference at a rising price. [Dinkelbach 1967]
 */
export function optimalPolicy(strength: Strength, lengthMax: number): Policy {
  const game = createGame(lengthMax, strength, (position) =>
    MOVES.filter((move) => isAllowed(move, position)),
  )
  let choice: Int32Array = game.firsts.slice(0, -1)
  for (let ratio = 0; ; ) {
    const { secret, honest } = evaluate(game, choice)
    const next = secret / (secret + honest)
    if (next - ratio < 1e-9) break
    ratio = next
    choice = improve(game, choice, ratio)
  }
  const moves = [...choice].map((option) => MOVES[game.moves[option]!]!)
  return { name: 'optimal', moveAt: (position) => moves[placeOf(position, lengthMax)]! }
}

const MOVES: readonly Move[] = ['wait', 'adopt', 'override', 'match']
/** Successors of an option, at most. */
const WIDTH = 3
/** Sweeps end when no value moves by more. */
const SETTLED = 1e-10
const SWEEPS_MAX = 20_000

/** Every option of every position, one after another in flat arrays; those of a place begin at `firsts[place]`. */
interface Game {
  readonly firsts: Int32Array
  readonly moves: Uint8Array
  readonly probabilities: Float64Array
  readonly places: Int32Array
  /** Blocks that the step settles on average. */
  readonly secret: Float64Array
  readonly honest: Float64Array
  readonly start: number
}

function createGame(
  lengthMax: number,
  strength: Strength,
  movesAt: (position: Position) => readonly Move[],
): Game {
  const start = placeOf(START, lengthMax)
  const places = positionsOf(lengthMax).map((position) => ({
    position,
    moves: endsThere(position, lengthMax) ? [forced(position)] : movesAt(position),
  }))
  const count = places.reduce((sum, { moves }) => sum + moves.length, 0)
  const game: Game = {
    firsts: new Int32Array(places.length + 1),
    moves: new Uint8Array(count),
    probabilities: new Float64Array(count * WIDTH),
    places: new Int32Array(count * WIDTH),
    secret: new Float64Array(count),
    honest: new Float64Array(count),
    start,
  }
  let option = 0
  for (const [place, { position, moves }] of places.entries()) {
    game.firsts[place] = option
    for (const move of moves) {
      game.moves[option] = MOVES.indexOf(move)
      for (const [index, successor] of successorsOf(position, move, strength).entries()) {
        const { probability, settled } = successor
        const to = placeOf(successor.position, lengthMax)
        // A return to the start ends the cycle: nothing is worth anything after it.
        game.probabilities[option * WIDTH + index] = to === start ? 0 : probability
        game.places[option * WIDTH + index] = to
        game.secret[option]! += probability * settled.secret
        game.honest[option]! += probability * settled.honest
      }
      option++
    }
  }
  game.firsts[places.length] = option
  return game
}

const endsThere = ({ secret, honest }: Position, lengthMax: number) =>
  secret === lengthMax || honest === lengthMax

const forced = ({ secret, honest }: Position): Move => (secret > honest ? 'override' : 'adopt')

/** Blocks that each side gains on average from one start to the next, by the option chosen for each place. */
function evaluate(game: Game, choice: Int32Array): { secret: number; honest: number } {
  const gain = (yields: Float64Array) => {
    const values = new Float64Array(game.firsts.length - 1)
    sweep(values, (place) => worth(game, choice[place]!, values, yields))
    return values[game.start]!
  }
  return { secret: gain(game.secret), honest: gain(game.honest) }
}

/** The best option everywhere when a block of the main chain costs `ratio` and an own one is worth 1. */
function improve(game: Game, before: Int32Array, ratio: number): Int32Array {
  const choice = before.slice()
  const values = new Float64Array(choice.length)
  const yields = game.secret.map((secret, option) => (1 - ratio) * secret - ratio * game.honest[option]!)
  sweep(values, (place) => {
    let best = Number.NEGATIVE_INFINITY
    for (let option = game.firsts[place]!; option < game.firsts[place + 1]!; option++) {
      const value = worth(game, option, values, yields)
      if (value > best + 1e-13) {
        best = value
        choice[place] = option
      }
    }
    return best
  })
  return choice
}

/** What an option yields, and what its successors are worth. */
function worth(
  { probabilities, places }: Game,
  option: number,
  values: Float64Array,
  yields: Float64Array,
): number {
  const at = option * WIDTH
  return (
    yields[option]! +
    probabilities[at]! * values[places[at]!]! +
    probabilities[at + 1]! * values[places[at + 1]!]! +
    probabilities[at + 2]! * values[places[at + 2]!]!
  )
}

/** Gauss–Seidel from the longest branches down, until nothing moves. */
function sweep(values: Float64Array, update: (place: number) => number): void {
  for (let round = 0; round < SWEEPS_MAX; round++) {
    let moved = 0
    for (let place = values.length - 1; place >= 0; place--) {
      const value = update(place)
      moved = Math.max(moved, Math.abs(value - values[place]!))
      values[place] = value
    }
    if (moved < SETTLED) return
  }
}
