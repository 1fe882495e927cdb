import { createStream, type RandomStream } from '../simulator/random.ts'
import { Arrivals } from './arrivals.ts'
import { exponential } from './draws.ts'

/** Nodes that announce to their neighbours; a neighbour hears after the delay of its link. */
export interface Gossip {
  readonly nodes: number
  /** The links of node n are those from `firsts[n]` to `firsts[n + 1]`. */
  readonly firsts: Int32Array
  readonly targets: Int32Array
  /** Seconds. */
  readonly delays: Float64Array
}

/** What came of a time in which blocks were found. */
export interface GossipRun {
  readonly blocks: number
  /** Blocks of the longest chain. */
  readonly heights: number
  /** Heights at which more than one block was found. */
  readonly forkedHeights: number
  readonly events: number
}

/**
 * A random network in which each node opens `degree` links and has as many opened to it, on average; the delays are
 * exponential, and such that a node hears of a block after `meanSeconds` on average.
 */
export function createGossip(nodes: number, degree: number, meanSeconds: number, seed = 1): Gossip {
  const stream = createStream(seed, 'topology', `${nodes} ${degree}`)
  const links = Array.from({ length: nodes }, (): { target: number; delay: number }[] => [])
  for (let node = 0; node < nodes; node++)
    for (let link = 0; link < degree; link++) {
      const target = (node + 1 + stream.integer(nodes - 1)) % nodes
      const delay = exponential(1, stream)
      links[node]!.push({ target, delay })
      links[target]!.push({ target: node, delay })
    }
  const flat = links.flat()
  const firsts = new Int32Array(nodes + 1)
  for (let node = 0; node < nodes; node++) firsts[node + 1] = firsts[node]! + links[node]!.length
  const targets = Int32Array.from(flat, ({ target }) => target)
  const unscaled = { nodes, firsts, targets, delays: Float64Array.from(flat, ({ delay }) => delay) }
  const scale = meanSeconds / meanArrival(unscaled)
  return { ...unscaled, delays: unscaled.delays.map((delay) => delay * scale) }
}

const ORIGINS_MAX = 100

/** Seconds after which a node hears of a block, over all nodes and over origins evenly spread: ∫(1 − f(t))dt. */
function meanArrival(gossip: Gossip): number {
  const origins = Math.min(gossip.nodes, ORIGINS_MAX)
  let total = 0
  for (let origin = 0; origin < origins; origin++)
    total += flood(gossip, Math.floor((origin * gossip.nodes) / origins))
  return total / origins / gossip.nodes
}

/** The sum of all arrival times of a block that nothing hinders. */
function flood({ nodes, firsts, targets, delays }: Gossip, origin: number): number {
  const heard = new Uint8Array(nodes)
  const arrivals = new Arrivals()
  arrivals.push(0, origin, 0)
  let total = 0
  while (arrivals.nextTime < Number.POSITIVE_INFINITY) {
    const [time, node] = [arrivals.nextTime, arrivals.nextNode]
    arrivals.drop()
    if (heard[node] === 1) continue
    heard[node] = 1
    total += time
    for (let link = firsts[node]!; link < firsts[node + 1]!; link++)
      if (heard[targets[link]!] === 0) arrivals.push(time + delays[link]!, targets[link]!, 0)
  }
  return total
}

/**
 * Every node mines with an equal share on the highest block that it heard first; the network finds a block each
 * `intervalSeconds` on average, until `blocks` are found.
 */
export function mineOnGossip(
  gossip: Gossip,
  { intervalSeconds, blocks }: { readonly intervalSeconds: number; readonly blocks: number },
  stream: RandomStream,
): GossipRun {
  const { nodes, firsts, targets, delays } = gossip
  const heights = new Int32Array(blocks + 1)
  const perHeight = new Int32Array(blocks + 2)
  const tips = new Int32Array(nodes)
  // What is on its way to a node: nothing later of the same height or below is sent to it.
  const awaited = new Int32Array(nodes)
  const awaitedTime = new Float64Array(nodes)
  const arrivals = new Arrivals()
  let events = 0
  const adopt = (node: number, block: number, time: number) => {
    tips[node] = block
    for (let link = firsts[node]!; link < firsts[node + 1]!; link++) {
      const target = targets[link]!
      const at = time + delays[link]!
      if (heights[tips[target]!]! >= heights[block]!) continue
      if (
        awaited[target]! > heights[block]! ||
        (awaited[target] === heights[block] && awaitedTime[target]! <= at)
      )
        continue
      awaited[target] = heights[block]!
      awaitedTime[target] = at
      arrivals.push(at, target, block)
    }
  }
  let nextFound = exponential(intervalSeconds, stream)
  for (let found = 0; found < blocks; ) {
    events++
    if (nextFound <= arrivals.nextTime) {
      const miner = stream.integer(nodes)
      const block = ++found
      heights[block] = heights[tips[miner]!]! + 1
      perHeight[heights[block]!]!++
      adopt(miner, block, nextFound)
      nextFound += exponential(intervalSeconds, stream)
    } else {
      const [time, node, block] = [arrivals.nextTime, arrivals.nextNode, arrivals.nextBlock]
      arrivals.drop()
      if (heights[block]! > heights[tips[node]!]!) adopt(node, block, time)
    }
  }
  const height = heights.reduce((most, value) => Math.max(most, value), 0)
  const forkedHeights = perHeight.reduce((count, value) => count + (value > 1 ? 1 : 0), 0)
  return { blocks, heights: height, forkedHeights, events }
}
