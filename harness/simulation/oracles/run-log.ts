import { RUN_MODEL, type RunState } from '../../../spec/index.ts'

/** A step of the model as it was observed, whole. */
export interface LogEvent {
  readonly action: 'Make' | 'Learn' | 'Refuse' | 'Crash' | 'Stop' | 'Restart'
  readonly choice: Readonly<Record<string, unknown>>
  /** Conjuncts that are not asked; by default those that only keep the model finite. */
  readonly lenient?: readonly string[]
}

/** A run as it goes through the states of the model. */
export interface RunLog {
  /** Steps that the model has explained so far. */
  readonly explained: number
  /** Takes the step, or says which conjunct of its guard is false: then nothing has changed. */
  readonly happen: (event: LogEvent) => string | undefined
  readonly tip: (node: string) => number
  readonly known: (node: string) => readonly number[]
  /** Whether it has crashed, or lost its disk, and is not up again. */
  readonly isLost: (node: string) => boolean
  /** Whether it is lost, or stopped in order, and is not up again. */
  readonly isDown: (node: string) => boolean
  readonly refuses: (node: string, block: number) => boolean
}

/** Conjuncts that only keep the model finite. */
const BOUNDS = ['blocksAreLeft', 'mayStop'] as const

/** Opens a log of these nodes. */
export function createLog(nodes: readonly string[]): RunLog {
  const { init, actions } = RUN_MODEL.withConstants({ nodes })
  const byName = new Map(actions.map((action) => [action.name, action]))
  let state: RunState = init[0]!
  let explained = 0
  return {
    get explained() {
      return explained
    },
    happen: ({ action: name, choice, lenient = BOUNDS }) => {
      const action = byName.get(name)!
      for (const { name: conjunct, holds } of action.conjuncts)
        if (!lenient.includes(conjunct) && !holds(state, choice)) return conjunct
      state = { ...state, ...action.next(state, choice) }
      explained++
      return undefined
    },
    tip: (node) => state.tip[node]!,
    known: (node) => state.known[node]!,
    isLost: (node) => state.crashed.includes(node),
    isDown: (node) => state.crashed.includes(node) || state.stopped.includes(node),
    refuses: (node, block) => state.refused[node]!.includes(block),
  }
}
