/** What there is of blocks, and what each node makes of them. */
export interface NetworkState {
  /** The parent of each block, in the order in which they are mined; 0 is genesis, -1 not yet mined. */
  readonly parent: readonly number[]
  /** Which of two payments that spend the same coin a block has. */
  readonly payment: readonly Payment[]
  /** The blocks that each node has, and the one on which its chain ends. */
  readonly known: Readonly<Record<string, readonly number[]>>
  readonly tip: Readonly<Record<string, number>>
  /** Nodes on the far side of a cut; none when the network is whole. */
  readonly far: readonly string[]
  readonly down: readonly string[]
  readonly deaf: readonly string[]
  readonly cutsLeft: number
  readonly crashesLeft: number
}

/** Which of two payments that spend one coin. */
export type Payment = 'none' | 'honest' | 'rival'

/** The nodes: n1, n2 and so on. */
export function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `n${index + 1}`)
}

/** A block and those below it, without genesis. */
function branchOf({ parent }: NetworkState, tip: number): readonly number[] {
  const branch: number[] = []
  for (let block = tip; block > 0; block = parent[block - 1]!) branch.push(block)
  return branch
}

/** Blocks from genesis up to this one. */
export function heightOf(state: NetworkState, block: number): number {
  return branchOf(state, block).length
}

/** What is paid on the branch that ends here, highest block first. */
export function paymentsOn(state: NetworkState, tip: number): readonly Payment[] {
  return branchOf(state, tip).map((block) => state.payment[block - 1]!)
}

/** Whether one branch of all that nodes have is longer than the others. */
export function hasOneLongest(state: NetworkState): boolean {
  const held = new Set(Object.values(state.known).flat())
  const heights = [...held].map((block) => heightOf(state, block))
  return heights.filter((height) => height === Math.max(...heights)).length === 1
}
