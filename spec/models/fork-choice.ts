import type { DefinedModule } from '../language/index.ts'
import { defineModule, listOf, oneOf, range, subsetOf, weak } from '../language/index.ts'

interface Constants {
  /** Blocks besides genesis. */
  readonly blocks: number
  readonly nodes: number
  /** Work that a block may have. */
  readonly work: readonly number[]
}

interface State {
  /** The parent of each block, numbered from 1 on; 0 is genesis. A block is younger than its parent. */
  readonly parents: readonly number[]
  readonly work: readonly number[]
  /** The blocks that each node has. */
  readonly stored: readonly (readonly number[])[]
  /** The block on which each node's chain ends. */
  readonly tip: readonly number[]
}

/** A block that a node receives next. */
interface Delivery {
  readonly node: number
  readonly block: number
}

/**
 * Nodes that receive the blocks of one tree, each in its own order, and follow the branch of most work. A hash is a
 * number here, and a block has no content: what is explored is the choice alone.
 */
export const forkChoice: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'ForkChoice',
  constants: { blocks: 3, nodes: 2, work: [1, 2] },
  variables: ({ blocks, nodes, work }) => ({
    parents: listOf(range(0, blocks - 1), blocks),
    work: listOf(oneOf(work), blocks),
    stored: listOf(subsetOf(numbersFrom(0, blocks)), nodes),
    tip: listOf(range(0, blocks), nodes),
  }),
  init: ({ blocks, nodes, work }) =>
    lists(blocks, (index) => numbersFrom(0, index)).flatMap((parents) =>
      lists(blocks, () => work).map((weights) => ({
        parents,
        work: weights,
        stored: Array.from({ length: nodes }, () => [0]),
        tip: Array.from({ length: nodes }, () => 0),
      })),
    ),
  actions: ({ blocks, nodes }, action) => ({
    ReceiveBlock: action<Delivery>({
      choose: { node: range(0, nodes - 1), block: range(1, blocks) },
      guard: ({ stored, parents }, { node, block }) =>
        !stored[node]!.includes(block) && stored[node]!.includes(parents[block - 1]!),
      next: (state, { node, block }) => ({
        stored: state.stored.with(node, [...state.stored[node]!, block]),
        tip: state.tip.with(node, better(state, state.tip[node]!, block)),
      }),
    }),
  }),
  invariants: () => ({
    tipIsStored: ({ tip, stored }) => tip.every((block, node) => stored[node]!.includes(block)),
    tipHasMostWork: (state) =>
      state.tip.every((tip, node) =>
        state.stored[node]!.every((block) => chainWork(state, block) <= chainWork(state, tip)),
      ),
  }),
  properties: ({ blocks }, { leadsTo }) => ({
    everyNodeAgrees: leadsTo((state) => hasOneBest(state, blocks), sameTip),
  }),
  fairness: () => [weak(['ReceiveBlock'])],
  ends:
    ({ blocks }) =>
    ({ stored }) =>
      stored.every((known) => known.length > blocks),
  sometimes: ({ blocks }) => ({
    aTieHappens: (state) =>
      new Set(state.tip.map((tip) => chainWork(state, tip))).size === 1 && !sameTip(state),
    aReorganisationIsDue: (state) =>
      state.tip.some((tip) => bestOf(state, blocks).some((best) => !ancestry(state, best).includes(tip))),
  }),
})

/** More work wins; between equals the one that was there before. */
function better(state: State, before: number, block: number): number {
  return chainWork(state, block) > chainWork(state, before) ? block : before
}

function chainWork(state: State, block: number): number {
  return ancestry(state, block).reduce((sum, at) => sum + (state.work[at - 1] ?? 0), 0)
}

/** A block and everything below it. */
function ancestry({ parents }: State, block: number): readonly number[] {
  const path = [block]
  while (path.at(-1)! > 0) path.push(parents[path.at(-1)! - 1]!)
  return path
}

function bestOf(state: State, blocks: number): readonly number[] {
  const works = numbersFrom(0, blocks).map((block) => chainWork(state, block))
  return numbersFrom(0, blocks).filter((block) => works[block] === Math.max(...works))
}

const hasOneBest = (state: State, blocks: number): boolean => bestOf(state, blocks).length === 1
function sameTip({ tip }: State): boolean {
  return new Set(tip).size === 1
}

/** Every list of this length whose item at each place is one of those offered for the place (from 1 on). */
function lists(
  length: number,
  offered: (place: number) => readonly number[],
): readonly (readonly number[])[] {
  if (length === 0) return [[]]
  return lists(length - 1, offered).flatMap((list) => offered(length - 1).map((item) => [...list, item]))
}

function numbersFrom(least: number, most: number): readonly number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index)
}
