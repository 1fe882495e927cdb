import { type DefinedModule, defineModule, oneOf, range, subsetOf, weak } from '../language/index.ts'

interface Constants {
  /** Headers of the honest chain, and of the one that liars show, at most. */
  readonly honestMax: number
  readonly liarsMax: number
  /** Blocks on top of a payment that the light node waits for. */
  readonly depth: number
  readonly flaw: 'none' | 'first-peer' | 'majority-lies'
}

interface State {
  /** Blocks of each branch after the last that they have in common. */
  readonly honest: number
  readonly liars: number
  /** What the light node has seen of each branch. */
  readonly seenHonest: number
  readonly seenLiars: number
  /** The branch that it follows, and whether it takes the payment as made. */
  readonly follows: 'none' | 'honest' | 'liars'
  readonly accepted: readonly ('honest' | 'liars')[]
  /** Branches for which it has a Merkle proof of a payment in the first block: on each branch there is one. */
  readonly proofs: readonly ('honest' | 'liars')[]
}

const BRANCHES = ['honest', 'liars'] as const

/**
 * A light node keeps headers only and asks full nodes, at least one of which is honest. Liars mine a branch of their own
 * on which they pay it with a coin that they have spent on the honest one. As long as the honest branch grows faster, so that the
 * liars are never `depth` blocks along while it lags behind, the light node takes no payment that is not made.
 */
export const spv: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'LightNode',
  constants: { honestMax: 4, liarsMax: 3, depth: 2, flaw: 'none' },
  presets: {
    tiny: { honestMax: 3, liarsMax: 2 },
    large: { honestMax: 12, liarsMax: 11, depth: 6 },
    'flaw: first-peer': { flaw: 'first-peer' },
    'flaw: majority-lies': { flaw: 'majority-lies' },
  },
  variables: ({ honestMax, liarsMax }) => ({
    honest: range(0, honestMax),
    liars: range(0, liarsMax),
    seenHonest: range(0, honestMax),
    seenLiars: range(0, liarsMax),
    follows: oneOf(['none', ...BRANCHES]),
    accepted: subsetOf(BRANCHES),
    proofs: subsetOf(BRANCHES),
  }),
  init: () => [
    { honest: 0, liars: 0, seenHonest: 0, seenLiars: 0, follows: 'none', accepted: [], proofs: [] },
  ],
  actions: ({ honestMax, liarsMax, depth, flaw }, action) => ({
    MineHonest: action({
      guard: ({ honest }) => honest < honestMax,
      next: ({ honest }) => ({ honest: honest + 1 }),
    }),
    MineLiars: action({
      guard: ({ honest, liars }) => liars < liarsMax && (flaw === 'majority-lies' || liars + 1 < honest),
      next: ({ liars }) => ({ liars: liars + 1 }),
    }),
    // Every peer is asked for its headers before anything is taken from any of them.
    AskPeers: action({
      choose: { answered: oneOf(['all', 'liars']) },
      guard: (_, { answered }) => answered === 'all' || flaw === 'first-peer',
      next: ({ honest, liars, seenHonest }, { answered }) => {
        const seen = answered === 'all' ? honest : seenHonest
        return {
          seenHonest: seen,
          seenLiars: liars,
          follows: seen === 0 && liars === 0 ? 'none' : seen >= liars ? 'honest' : 'liars',
        }
      },
    }),
    AskProof: action({
      choose: { branch: oneOf(BRANCHES) },
      guard: ({ follows }, { branch }) => follows === branch,
      next: ({ proofs }, { branch }) => ({ proofs: [...proofs, branch] }),
    }),
    Accept: action({
      choose: { branch: oneOf(BRANCHES) },
      guard: {
        followsIt: ({ follows }, { branch }) => follows === branch,
        hasProof: ({ proofs }, { branch }) => proofs.includes(branch),
        isDeep: ({ seenHonest, seenLiars }, { branch }) =>
          (branch === 'honest' ? seenHonest : seenLiars) >= depth,
      },
      next: ({ accepted }, { branch }) => ({ accepted: [...accepted, branch] }),
    }),
  }),
  ends: () => () => true,
  fairness: () => [weak(['AskPeers'])],
  invariants: () => ({
    takesNoPaymentThatIsNotMade: ({ accepted }) => !accepted.includes('liars'),
    seesNoMoreThanThereIs: ({ honest, liars, seenHonest, seenLiars }) =>
      seenHonest <= honest && seenLiars <= liars,
  }),
  properties: ({ honestMax }, { leadsTo }) => ({
    comesToTheHonestBranch: leadsTo(
      ({ honest }) => honest === honestMax,
      ({ follows }) => follows === 'honest',
    ),
  }),
  sometimes: () => ({
    aPaymentIsTaken: ({ accepted }) => accepted.includes('honest'),
    liarsAreLong: ({ liars }) => liars >= 2,
    headersAreStale: ({ honest, seenHonest, follows }) => follows === 'honest' && seenHonest < honest,
  }),
})
