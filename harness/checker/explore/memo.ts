import { ModelFault } from './model-fault.ts'
import type { Recording, Segment } from './recording.ts'

/** A function of a packed state that is asked once for each value of what it reads. */
export interface Memo<Value> {
  /** Undefined when the memo has given up: what the function reads differs in nearly every state. */
  readonly ask: (words: Uint32Array, at: number) => Value | undefined
}

/** A function has changed the state that it was given. */
export class ChangedState extends Error {}

/** After so many misses, one call in ten must be none; after the larger number every second. */
const PATIENCE = [256, 16_384] as const

/** Of a fork: its word, shift and mask come before its branches. */
const HEAD = 3

const NOWHERE = 0

/**
 * Remembers a pure function by its footprint: a tree whose forks are the parts of the state in the order in which the
 * function reads them. Throws ChangedState when the function changes the state, ModelFault when it reads something else
 * in a state that is the same to it.
 */
export function createMemo<State, Value>(
  recording: Recording<State>,
  evaluate: (state: State) => Value,
): Memo<Value> {
  /** Forks one after another. A branch is the place of the next fork, or the complement of the number of a value. */
  let tree = new Int32Array(64)
  let length = 1
  let root = NOWHERE
  let calls = 0
  let hasGivenUp = false
  const values: Value[] = []
  const branchOf = (fork: number, words: Uint32Array, at: number): number =>
    fork + HEAD + ((words[at + tree[fork]!]! >>> tree[fork + 1]!) & tree[fork + 2]!)
  const addFork = ({ word, shift, mask }: Segment): number => {
    const fork = length
    length += HEAD + mask + 1
    if (length > tree.length) {
      const larger = new Int32Array(2 * length)
      recording.room.left -= larger.length - tree.length
      larger.set(tree)
      tree = larger
    }
    tree.set([word, shift, mask], fork)
    return fork
  }
  const keep = (segments: readonly Segment[], words: Uint32Array, at: number, value: Value) => {
    /** The branch from which the last fork was reached; at first, none. */
    let from = -1
    const put = (target: number) => {
      if (from === -1) root = target
      else tree[from] = target
    }
    for (const segment of segments) {
      let fork = from === -1 ? root : tree[from]!
      if (fork === NOWHERE) {
        fork = addFork(segment)
        put(fork)
      }
      if (fork < 0 || tree[fork] !== segment.word || tree[fork + 1] !== segment.shift)
        throw new ModelFault('it reads something else than before in the same state')
      from = branchOf(fork, words, at)
    }
    put(~(values.push(value) - 1))
  }
  const learn = (words: Uint32Array, at: number): Value => {
    recording.open(words, at)
    const value = evaluate(recording.state)
    if (!recording.isIntact()) throw new ChangedState()
    keep(recording.segments(), words, at, value)
    const isMissing = values.length > calls * (values.length > PATIENCE[1] ? 0.5 : 0.9)
    if (recording.room.left < 0 || (values.length > PATIENCE[0] && isMissing)) {
      hasGivenUp = true
      recording.room.left += tree.length
      values.length = 0
      tree = new Int32Array(0)
    }
    return value
  }
  return {
    ask: (words, at) => {
      if (hasGivenUp) return undefined
      calls++
      let branch = root
      while (branch > NOWHERE) branch = tree[branchOf(branch, words, at)]!
      return branch === NOWHERE ? learn(words, at) : values[~branch]!
    },
  }
}
