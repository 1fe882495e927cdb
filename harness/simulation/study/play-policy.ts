import type { Fork, Move, Policy, Strength } from '../adversary/policies/index.ts'
import type { RandomStream } from '../simulator/random.ts'
import type { Simulated } from './cell.ts'

/** Branches up to this length are remembered. */
const MEMO = 64
const FORK_COUNT = 3

/**
 * Lets a miner with this policy and strength mine against all others, block by block, and returns its share of the
 * main chain. It ends with the first cycle after `blocks`; a cycle ends when both sides mine on one block.
 */
export function playPolicy(
  policy: Policy,
  { share, gamma }: Strength,
  blocks: number,
  stream: RandomStream,
): Simulated {
  const moveAt = remembering(policy)
  const sums = { cycles: 0, secret: 0, all: 0, secretSquared: 0, allSquared: 0, product: 0 }
  let events = 0
  while (events < blocks) {
    let [secret, honest, published] = [0, 0, 0]
    let [won, lost] = [0, 0]
    let fork: Fork = 'irrelevant'
    do {
      events++
      if (stream.next() < share) {
        secret++
        if (fork === 'relevant') fork = 'irrelevant'
      } else if (fork === 'active' && stream.next() < gamma) {
        // An honest miner builds on what the attacker has published.
        won += published
        secret -= published
        honest = 1
        fork = 'relevant'
      } else {
        honest++
        fork = 'relevant'
      }
      let move: Move = moveAt(secret, honest, fork)
      while (move === 'override') {
        won += honest + 1
        secret -= honest + 1
        honest = 0
        fork = 'irrelevant'
        move = secret === 0 ? 'wait' : moveAt(secret, 0, fork)
      }
      if (move === 'adopt') {
        lost += honest
        secret = honest = 0
        fork = 'irrelevant'
      } else if (move === 'match') {
        published = honest
        fork = 'active'
      }
    } while (secret > 0 || honest > 0)
    add(sums, won, won + lost)
  }
  return { sample: ratioOf(sums), events }
}

interface Sums {
  cycles: number
  secret: number
  all: number
  secretSquared: number
  allSquared: number
  product: number
}

function add(sums: Sums, secret: number, all: number): void {
  sums.cycles++
  sums.secret += secret
  sums.all += all
  sums.secretSquared += secret * secret
  sums.allSquared += all * all
  sums.product += secret * all
}

/** The variance of the ratio of two means by the delta method. */
function ratioOf({ cycles, secret, all, secretSquared, allSquared, product }: Sums): Simulated['sample'] {
  const mean = secret / all
  const spread = (secretSquared - 2 * mean * product + mean * mean * allSquared) / cycles
  return { kind: 'ratio', mean, variance: spread / (all / cycles) ** 2, of: cycles }
}

/** A policy's moves, asked once for each short position. */
function remembering(policy: Policy): (secret: number, honest: number, fork: Fork) => Move {
  const known: (Move | undefined)[] = new Array(MEMO * MEMO * FORK_COUNT).fill(undefined)
  return (secret, honest, fork) => {
    if (secret >= MEMO || honest >= MEMO) return policy.moveAt({ secret, honest, fork })
    const place = (secret * MEMO + honest) * FORK_COUNT + FORK_PLACES[fork]
    known[place] ??= policy.moveAt({ secret, honest, fork })
    return known[place]
  }
}

const FORK_PLACES: Readonly<Record<Fork, number>> = { irrelevant: 0, relevant: 1, active: 2 }
