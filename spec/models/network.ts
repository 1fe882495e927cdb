import {
  type DefinedModule,
  defineModule,
  listOf,
  mapOf,
  oneOf,
  range,
  subsetOf,
  weak,
} from '../language/index.ts'
import { bookOf, type EntryName, ledger } from './ledger.ts'
import {
  hasOneLongest,
  heightOf,
  type NetworkState,
  names,
  type Payment,
  paymentsOn,
} from './network-state.ts'

interface Constants {
  /** Nodes are n1, n2 and so on; the first so many of them mine. */
  readonly nodes: number
  readonly miners: number
  /** Blocks besides genesis. */
  readonly blocks: number
  /** How often the network is cut in two, and how often a node crashes. */
  readonly cuts: number
  readonly crashes: number
  /** What a node does wrong, so that it can be seen to matter. */
  readonly flaw: 'none' | 'takes-ties' | 'forgets' | 'spends-twice' | 'deaf-after-crash'
}

const PAYMENTS = ['none', 'honest', 'rival'] as const
/** The coin that is spent twice is there before the first block. */
const OPENING: readonly EntryName[] = ['mintA']
const ENTRY_OF: Readonly<Record<Exclude<Payment, 'none'>, EntryName>> = { honest: 'pay', rival: 'cheat' }

/**
 * Nodes that mine, hear of each other's blocks, are cut off, crash and come back, while somebody spends one coin twice.
 * A block has no content but the payment; every block is worth the same, so that the longest branch has most work.
 */
export const network: DefinedModule<Constants, NetworkState> = defineModule<Constants, NetworkState>({
  name: 'Network',
  constants: { nodes: 2, miners: 2, blocks: 3, cuts: 1, crashes: 1, flaw: 'none' },
  presets: {
    tiny: { nodes: 3, blocks: 4 },
    small: { nodes: 3, blocks: 5 },
    large: { nodes: 4, blocks: 5 },
    'flaw: takes-ties': { flaw: 'takes-ties' },
    'flaw: forgets': { flaw: 'forgets' },
    'flaw: spends-twice': { flaw: 'spends-twice' },
    'flaw: deaf-after-crash': { flaw: 'deaf-after-crash' },
  },
  variables: ({ nodes, blocks, cuts, crashes }) => ({
    parent: listOf(range(-1, blocks - 1), blocks),
    payment: listOf(oneOf(PAYMENTS), blocks),
    known: mapOf(names(nodes), subsetOf(range(1, blocks).values())),
    tip: mapOf(names(nodes), range(0, blocks)),
    far: subsetOf(names(nodes)),
    down: subsetOf(names(nodes)),
    deaf: subsetOf(names(nodes)),
    cutsLeft: range(0, cuts),
    crashesLeft: range(0, crashes),
  }),
  init: ({ nodes, blocks, cuts, crashes }) => [
    {
      parent: Array.from({ length: blocks }, () => -1),
      payment: Array.from({ length: blocks }, () => 'none' as const),
      known: Object.fromEntries(names(nodes).map((name) => [name, []])),
      tip: Object.fromEntries(names(nodes).map((name) => [name, 0])),
      far: [],
      down: [],
      deaf: [],
      cutsLeft: cuts,
      crashesLeft: crashes,
    },
  ],
  actions: ({ nodes, miners, blocks, flaw }, action) => {
    const node = oneOf(names(nodes))
    return {
      Mine: action({
        choose: { miner: oneOf(names(miners)), payment: oneOf(PAYMENTS) },
        guard: {
          isUp: ({ down }, { miner }) => !down.includes(miner),
          blocksAreLeft: ({ parent }) => parent.includes(-1),
          coinIsUnspent: (state, { miner, payment }) =>
            payment === 'none' ||
            flaw === 'spends-twice' ||
            !paymentsOn(state, state.tip[miner]!).some((before) => before !== 'none'),
        },
        next: ({ parent, payment, known, tip }, { miner, payment: own }) => {
          const block = parent.indexOf(-1) + 1
          return {
            parent: parent.with(block - 1, tip[miner]!),
            payment: payment.with(block - 1, own),
            known: { ...known, [miner]: [...known[miner]!, block] },
            tip: { ...tip, [miner]: block },
          }
        },
      }),
      Receive: action({
        choose: { node, block: range(1, blocks) },
        guard: {
          isMined: ({ parent }, { block }) => parent[block - 1] !== -1,
          isNew: ({ known }, { node, block }) => !known[node]!.includes(block),
          hasParent: ({ parent, known }, { node, block }) =>
            parent[block - 1] === 0 || known[node]!.includes(parent[block - 1]!),
          isUp: ({ down, deaf }, { node }) => !down.includes(node) && !deaf.includes(node),
          somebodyHasIt: ({ known, far, down }, { node, block }) =>
            names(nodes).some(
              (peer) =>
                known[peer]!.includes(block) &&
                !down.includes(peer) &&
                far.includes(peer) === far.includes(node),
            ),
        },
        next: (state, { node, block }) => ({
          known: { ...state.known, [node]: [...state.known[node]!, block] },
          tip: { ...state.tip, [node]: better(state, state.tip[node]!, block, flaw) },
        }),
      }),
      Cut: action({
        choose: { far: subsetOf(names(nodes)) },
        guard: ({ far: before, cutsLeft }, { far }) =>
          cutsLeft > 0 && before.length === 0 && far.length > 0 && far.length <= nodes / 2,
        next: ({ cutsLeft }, { far }) => ({ far, cutsLeft: cutsLeft - 1 }),
      }),
      Heal: action({ guard: ({ far }) => far.length > 0, next: () => ({ far: [] }) }),
      Crash: action({
        choose: { node },
        guard: ({ down, crashesLeft }, { node }) => crashesLeft > 0 && !down.includes(node),
        next: ({ down, crashesLeft }, { node }) => ({
          down: [...down, node],
          crashesLeft: crashesLeft - 1,
        }),
      }),
      // Blocks that were not written for good are lost in a crash. [Core validation.cpp FlushStateToDisk]
      Restart: action({
        choose: { node, kept: subsetOf(range(1, blocks).values()), tip: range(0, blocks) },
        guard: {
          isDown: ({ down }, { node }) => down.includes(node),
          keptWereKnown: ({ known }, { node, kept }) => kept.every((block) => known[node]!.includes(block)),
          keptAreWhole: ({ parent }, { kept }) =>
            kept.every((block) => parent[block - 1] === 0 || kept.includes(parent[block - 1]!)),
          tipIsKept: (_, { kept, tip }) => tip === 0 || kept.includes(tip),
          tipHasMostWork: (state, { kept, tip }) =>
            kept.every((block) => heightOf(state, block) <= heightOf(state, tip)),
        },
        next: ({ down, deaf, known, tip: tips }, { node, kept, tip }) => ({
          down: down.filter((name) => name !== node),
          known: { ...known, [node]: kept },
          tip: { ...tips, [node]: flaw === 'forgets' ? 0 : tip },
          ...(flaw === 'deaf-after-crash' && { deaf: [...deaf, node] }),
        }),
      }),
    }
  },
  ends: () => () => true,
  fairness: () => [
    weak(['Receive'], ({ node, block }) => `${node} ${block}`),
    weak(['Heal']),
    weak(['Restart'], ({ node }) => node),
  ],
  invariants: ({ nodes }) => ({
    tipIsKnown: ({ tip, known }) =>
      names(nodes).every((name) => tip[name] === 0 || known[name]!.includes(tip[name]!)),
    tipHasMostWork: (state) =>
      names(nodes).every((name) =>
        state.known[name]!.every((block) => heightOf(state, block) <= heightOf(state, state.tip[name]!)),
      ),
    noBranchSpendsTwice: (state) =>
      names(nodes).every(
        (name) => paymentsOn(state, state.tip[name]!).filter((payment) => payment !== 'none').length <= 1,
      ),
  }),
  properties: ({ nodes }, { alwaysStep, leadsTo }) => ({
    tipMovesToMoreWork: alwaysStep(
      (before, after, { action }) =>
        action === 'Restart' ||
        names(nodes).every(
          (name) =>
            before.tip[name] === after.tip[name] ||
            heightOf(after, after.tip[name]!) > heightOf(after, before.tip[name]!),
        ),
    ),
    // What only a node had that has crashed may be lost: then no branch is longest any more.
    allAgreeAtLast: leadsTo(
      (state) => !state.parent.includes(-1) && hasOneLongest(state),
      (state) => !hasOneLongest(state) || new Set(Object.values(state.tip)).size === 1,
    ),
  }),
  sometimes: ({ nodes }, ofStep) => ({
    twoBranchesTie: (state) =>
      names(nodes).some(
        (name) =>
          state.tip[name] !== state.tip.n1 &&
          heightOf(state, state.tip[name]!) === heightOf(state, state.tip.n1!),
      ),
    thePaymentIsReplaced: ofStep((before, after) =>
      names(nodes).some(
        (name) =>
          paymentsOn(before, before.tip[name]!).includes('honest') &&
          paymentsOn(after, after.tip[name]!).includes('rival'),
      ),
    ),
    aCrashedNodeCatchesUp: ofStep(
      ({ crashesLeft }, _after, { action, choice }) =>
        action === 'Receive' && crashesLeft === 0 && choice.block > 1,
    ),
    aCrashLosesABlock: ofStep(
      (before, after, { action, choice }) =>
        action === 'Restart' && after.known[choice.node]!.length < before.known[choice.node]!.length,
    ),
    aNodeIsDownDuringACut: ({ far, down }) => far.length > 0 && down.length > 0,
  }),
  // The book that each node keeps. To reorganise is to take back what was posted, and to post what comes instead.
  implements: ({ nodes, blocks }) =>
    Object.fromEntries(
      names(nodes).map((name) => [
        `ledger of ${name}`,
        {
          abstract: ledger.withConstants({ entries: blocks + OPENING.length, opening: OPENING }),
          stepsMax: 2,
          map: (state) =>
            bookOf([
              ...OPENING,
              ...paymentsOn(state, state.tip[name]!)
                .flatMap((payment) => (payment === 'none' ? [] : [ENTRY_OF[payment]]))
                .reverse(),
            ]),
        },
      ]),
    ),
  // Miners are alike, and so are the nodes that do not mine.
  interchangeable: ({ nodes, miners }) => [names(miners), names(nodes).slice(miners)],
})

/** More work wins; between equals the one that was there before. */
function better(state: NetworkState, before: number, block: number, flaw: Constants['flaw']): number {
  const difference = heightOf(state, block) - heightOf(state, before)
  return difference > 0 || (difference === 0 && flaw === 'takes-ties') ? block : before
}
