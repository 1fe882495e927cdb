/** What is known of a run: every block, and what each node makes of them. Block 0 is genesis. */
export interface RunState {
  /** The parent of each block, in the order in which they were made. */
  readonly parent: readonly number[]
  /** Work of each block with all below it. */
  readonly total: readonly number[]
  /** Blocks whose bytes a node has; those it once had; those it refuses for ever. */
  readonly known: Readonly<Record<string, readonly number[]>>
  readonly had: Readonly<Record<string, readonly number[]>>
  readonly refused: Readonly<Record<string, readonly number[]>>
  readonly tip: Readonly<Record<string, number>>
  /** Nodes that have crashed, and that were shut down in order. */
  readonly crashed: readonly string[]
  readonly stopped: readonly string[]
  readonly stopsLeft: number
}

export function isUp({ crashed, stopped }: RunState, node: string): boolean {
  return !crashed.includes(node) && !stopped.includes(node)
}

export function isMade({ parent }: RunState, block: number): boolean {
  return block <= parent.length
}

export function totalOf({ total }: RunState, block: number): number {
  return block === 0 ? 0 : total[block - 1]!
}

/** Whether a block is the tip of this branch or below it. */
export function isOn({ parent }: RunState, tip: number, block: number): boolean {
  let at = tip
  // A block is younger than its parent.
  while (at > block) at = parent[at - 1]!
  return at === block
}

/** Whether a node has a block and all below it, and refuses none of them. */
export function isWhole({ parent, known, refused }: RunState, node: string, block: number): boolean {
  for (let at = block; at > 0; at = parent[at - 1]!)
    if (!known[node]!.includes(at) || refused[node]!.includes(at)) return false
  return true
}

export function hasMostWork(state: RunState, node: string, tip: number): boolean {
  const most = totalOf(state, tip)
  return state.known[node]!.every((block) => totalOf(state, block) <= most || !isWhole(state, node, block))
}

export function withKnown(state: RunState, node: string, blocks: readonly number[]): RunState {
  return { ...state, known: { ...state.known, [node]: blocks } }
}

/** What is known after a node has learned blocks. */
export function after(state: RunState, node: string, blocks: readonly number[]): RunState {
  return blocks.length === 0 ? state : withKnown(state, node, [...state.known[node]!, ...blocks])
}
