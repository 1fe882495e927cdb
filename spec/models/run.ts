import {
  type DefinedModule,
  defineModule,
  mapOf,
  oneOf,
  range,
  sequenceOf,
  subsetOf,
} from '../language/index.ts'
import {
  after,
  hasMostWork,
  isMade,
  isOn,
  isUp,
  isWhole,
  type RunState,
  totalOf,
  withKnown,
} from './run-state.ts'

/** What bounds the model, and what is wrong in it. */
export interface RunConstants {
  /** Names of the nodes. */
  readonly nodes: readonly string[]
  /** Blocks besides genesis at most, and what work a block may have. */
  readonly blocks: number
  readonly work: readonly number[]
  /** How often a node stops. */
  readonly stops: number
  readonly flaw: 'none' | 'last-seen-wins' | 'forgets' | 'asks-nobody'
}

/** Which blocks a node has learned since it was last at rest, from whom, and where it stands now. */
interface Learned {
  readonly node: string
  readonly blocks: readonly number[]
  /** The node that sent them; nobody, where an operator handed them in. */
  readonly from: string
  readonly tip: number
}

const NOBODY = 'nobody'

/**
 * What every run of nodes looks like from outside, at the moments at which a node is at rest: the log of a simulated
 * run must be a behaviour of this model. [Cirstea, Kuppe, Loillier and Merz, Validating traces against TLA+]
 */
export const run: DefinedModule<RunConstants, RunState> = defineModule<RunConstants, RunState>({
  name: 'Run',
  constants: { nodes: ['n1', 'n2'], blocks: 2, work: [1, 2], stops: 1, flaw: 'none' },
  presets: {
    'flaw: last-seen-wins': { flaw: 'last-seen-wins' },
    'flaw: forgets': { flaw: 'forgets' },
    'flaw: asks-nobody': { flaw: 'asks-nobody' },
  },
  variables: ({ nodes, blocks, work, stops }) => {
    const set = subsetOf(range(1, blocks).values())
    return {
      parent: sequenceOf(range(0, blocks - 1), blocks),
      total: sequenceOf(range(0, Math.max(...work) * blocks), blocks),
      known: mapOf(nodes, set),
      had: mapOf(nodes, set),
      refused: mapOf(nodes, set),
      tip: mapOf(nodes, range(0, blocks)),
      crashed: subsetOf(nodes),
      stopped: subsetOf(nodes),
      stopsLeft: range(0, stops),
    }
  },
  init: ({ nodes, stops }) => [
    {
      parent: [],
      total: [],
      known: each(nodes, []),
      had: each(nodes, []),
      refused: each(nodes, []),
      tip: each(nodes, 0),
      crashed: [],
      stopped: [],
      stopsLeft: stops,
    },
  ],
  actions: ({ nodes, blocks, work, flaw }, action) => {
    const node = oneOf(nodes)
    const anyBlock = range(1, blocks)
    const anyTip = range(0, blocks)
    const anySet = subsetOf(anyBlock.values())
    return {
      Make: action({
        choose: { parent: anyTip, work: oneOf(work) },
        guard: {
          blocksAreLeft: ({ parent }) => parent.length < blocks,
          parentIsMade: (state, { parent }) => isMade(state, parent),
        },
        next: (state, { parent, work }) => ({
          parent: [...state.parent, parent],
          total: [...state.total, totalOf(state, parent) + work],
        }),
      }),
      Learn: action<Learned>({
        choose: { node, blocks: anySet, from: oneOf([NOBODY, ...nodes]), tip: anyTip },
        guard: {
          isUp: (state, { node }) => isUp(state, node),
          blocksAreMade: (state, learned) => learned.blocks.every((block) => isMade(state, block)),
          blocksAreNew: ({ known }, { node, blocks }) =>
            blocks.every((block) => !known[node]!.includes(block)),
          senderHadThem: ({ had }, { node, from, blocks }) =>
            from === NOBODY ||
            flaw === 'asks-nobody' ||
            (from !== node && blocks.every((block) => had[from]!.includes(block))),
          tipIsKnown: ({ known, tip: before }, { node, blocks, tip }) =>
            tip === 0 || tip === before[node] || known[node]!.includes(tip) || blocks.includes(tip),
          tipIsWhole: (state, { node, blocks, tip }) => isWhole(after(state, node, blocks), node, tip),
          tipHasMostWork: (state, { node, blocks, tip }) =>
            hasMostWork(after(state, node, blocks), node, tip),
          firstOfEqualsStays: (state, { node, tip }) =>
            flaw === 'last-seen-wins' ||
            tip === state.tip[node] ||
            totalOf(state, tip) > totalOf(state, state.tip[node]!) ||
            !isWhole(state, node, state.tip[node]!),
        },
        next: (state, { node, blocks, tip }) => ({
          known: after(state, node, blocks).known,
          had: { ...state.had, [node]: [...new Set([...state.had[node]!, ...blocks])] },
          tip: { ...state.tip, [node]: tip },
        }),
      }),
      Refuse: action({
        choose: { node, block: anyBlock },
        guard: {
          isMade: (state, { block }) => isMade(state, block),
          isNew: ({ refused }, { node, block }) => !refused[node]!.includes(block),
          nobodyFollowsIt: (state, { block }) => nodes.every((name) => !isOn(state, state.tip[name]!, block)),
        },
        next: ({ refused }, { node, block }) => ({
          refused: { ...refused, [node]: [...refused[node]!, block] },
        }),
      }),
      Crash: action({
        choose: { node },
        guard: {
          isNotLost: ({ crashed }, { node }) => !crashed.includes(node),
          mayStop: ({ stopsLeft }) => stopsLeft > 0,
        },
        // A node that was shut down in order may still lose its disk.
        next: ({ crashed, stopped, stopsLeft }, { node }) => ({
          crashed: [...crashed, node],
          stopped: stopped.filter((name) => name !== node),
          stopsLeft: stopsLeft - 1,
        }),
      }),
      Stop: action({
        choose: { node },
        guard: { isUp: (state, { node }) => isUp(state, node), mayStop: ({ stopsLeft }) => stopsLeft > 0 },
        next: ({ stopped, stopsLeft }, { node }) => ({
          stopped: [...stopped, node],
          stopsLeft: stopsLeft - 1,
        }),
      }),
      Restart: action({
        choose: { node, kept: anySet, tip: anyTip },
        guard: {
          isDown: (state, { node }) => !isUp(state, node),
          keptAreMade: (state, { kept }) => kept.every((block) => isMade(state, block)),
          forgetsNothing: ({ stopped, known }, { node, kept }) =>
            flaw === 'forgets' ||
            !stopped.includes(node) ||
            known[node]!.every((block) => kept.includes(block)),
          tipIsWhole: (state, { node, kept, tip }) => isWhole(withKnown(state, node, kept), node, tip),
          tipHasMostWork: (state, { node, kept, tip }) =>
            hasMostWork(withKnown(state, node, kept), node, tip),
        },
        next: (state, { node, kept, tip }) => ({
          known: { ...state.known, [node]: kept },
          had: { ...state.had, [node]: [...new Set([...state.had[node]!, ...kept])] },
          tip: { ...state.tip, [node]: tip },
          crashed: state.crashed.filter((name) => name !== node),
          stopped: state.stopped.filter((name) => name !== node),
        }),
      }),
    }
  },
  ends: () => () => true,
  invariants: ({ nodes }) => ({
    tipIsNotRefused: (state) =>
      nodes.every((name) => state.refused[name]!.every((block) => !isOn(state, state.tip[name]!, block))),
    whatIsKnownCameFromSomewhere: ({ known, had }) =>
      nodes.every((name) => known[name]!.every((block) => had[name]!.includes(block))),
  }),
  properties: ({ nodes }, { alwaysStep }) => ({
    tipMovesToMoreWork: alwaysStep(
      (before, next, { action }) =>
        action === 'Restart' ||
        nodes.every(
          (name) =>
            next.tip[name] === before.tip[name] ||
            totalOf(next, next.tip[name]!) > totalOf(before, before.tip[name]!),
        ),
    ),
    nobodyInventsABlock: alwaysStep(
      (before, next, { action, choice }) =>
        action !== 'Learn' ||
        choice.from === NOBODY ||
        next.known[choice.node]!.every(
          (block) => before.known[choice.node]!.includes(block) || before.had[choice.from]!.includes(block),
        ),
    ),
    stoppedNodesForgetNothing: alwaysStep(
      (before, next, { action, choice }) =>
        action !== 'Restart' ||
        !before.stopped.includes(choice.node) ||
        before.known[choice.node]!.every((block) => next.known[choice.node]!.includes(block)),
    ),
  }),
  sometimes: (_, ofStep) => ({
    aBlockIsRefused: ofStep((_before, _after, { action }) => action === 'Refuse'),
    aCrashLosesABlock: ofStep(
      (before, next, { action, choice }) =>
        action === 'Restart' && next.known[choice.node]!.length < before.known[choice.node]!.length,
    ),
    aNodeReorganises: ofStep(
      (before, next, { action, choice }) =>
        action === 'Learn' && !isOn(next, next.tip[choice.node]!, before.tip[choice.node]!),
    ),
  }),
  interchangeable: ({ nodes }) => [nodes],
})

function each<Value>(nodes: readonly string[], value: Value): Record<string, Value> {
  return Object.fromEntries(nodes.map((name) => [name, value]))
}
