import { type DefinedModule, defineModule, listOf, oneOf, range } from '../language/index.ts'

interface Constants {
  /** Headers that a peer sends at most, and how many together have enough work. */
  readonly headers: number
  readonly enough: number
  readonly flaw: 'none' | 'stores-at-once' | 'no-commitments'
}

interface State {
  readonly phase: 'first' | 'second' | 'done' | 'refused'
  /** Headers of this pass so far. */
  readonly count: number
  /** One bit for each header of the first pass: all that is kept of it. */
  readonly bits: readonly Bit[]
  /** What the peer really sent: the chain of each header, which the node does not keep. */
  readonly first: readonly Chain[]
  readonly stored: number
  readonly storedCheap: number
}

type Bit = 'none' | '0' | '1'
type Chain = 'none' | 'costly' | 'cheap'

/** The bit that a header has under the node's secret salt. Two of the bits agree by chance; the others distinguish them. */
const bitOf = (chain: Chain, place: number): Bit => (chain === 'costly' || place % 2 === 0 ? '1' : '0')

/**
 * Headers come twice. In the first pass a node counts their work and keeps a bit of each; only when there is enough work
 * does it ask for them again, compare the bits, and store them. A peer that sends a costly chain first and a cheap one
 * afterwards is found out before more than the unlucky part of the cheap one is stored.
 * [Core headerssync.h, HeadersSyncState]
 */
export const headerPresync: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'HeaderPresync',
  constants: { headers: 4, enough: 3, flaw: 'none' },
  presets: {
    tiny: { headers: 3, enough: 2 },
    large: { headers: 10, enough: 7 },
    'flaw: stores-at-once': { flaw: 'stores-at-once' },
    'flaw: no-commitments': { flaw: 'no-commitments' },
  },
  variables: ({ headers }) => ({
    phase: oneOf(['first', 'second', 'done', 'refused']),
    count: range(0, headers),
    bits: listOf(oneOf(['none', '0', '1']), headers),
    first: listOf(oneOf(['none', 'costly', 'cheap']), headers),
    stored: range(0, headers),
    storedCheap: range(0, headers),
  }),
  init: ({ headers }) => [
    {
      phase: 'first',
      count: 0,
      bits: Array.from({ length: headers }, () => 'none' as const),
      first: Array.from({ length: headers }, () => 'none' as const),
      stored: 0,
      storedCheap: 0,
    },
  ],
  actions: ({ headers, enough, flaw }, action) => ({
    SendFirst: action({
      choose: { chain: oneOf(['costly', 'cheap']) },
      // A header follows the one before it: a chain does not change its kind half-way.
      guard: ({ phase, count, first }, { chain }) =>
        phase === 'first' && count < headers && (count === 0 || first[count - 1] === chain),
      next: ({ count, bits, first, stored, storedCheap }, { chain }) => {
        const isEnough = chain === 'costly' && count + 1 >= enough
        return {
          count: isEnough ? 0 : count + 1,
          phase: isEnough ? 'second' : 'first',
          bits: bits.with(count, bitOf(chain, count)),
          first: first.with(count, chain),
          ...(flaw === 'stores-at-once' && {
            stored: stored + 1,
            storedCheap: storedCheap + (chain === 'cheap' ? 1 : 0),
          }),
        }
      },
    }),
    EndFirst: action({
      guard: ({ phase, count }) => phase === 'first' && count > 0,
      next: () => ({ phase: 'refused' }),
    }),
    SendSecond: action({
      choose: { chain: oneOf(['costly', 'cheap']) },
      guard: ({ phase, count }) => phase === 'second' && count < enough,
      next: ({ count, bits, stored, storedCheap }, { chain }) => {
        if (flaw !== 'no-commitments' && bitOf(chain, count) !== bits[count]) return { phase: 'refused' }
        return {
          count: count + 1,
          stored: Math.min(stored + 1, headers),
          storedCheap: storedCheap + (chain === 'cheap' ? 1 : 0),
          phase: count + 1 === enough ? 'done' : 'second',
        }
      },
    }),
  }),
  ends: () => () => true,
  invariants: ({ enough }) => ({
    storesNothingBeforeThereIsEnough: ({ phase, stored }) => phase !== 'first' || stored === 0,
    storesFewCheapHeaders: ({ storedCheap }) => storedCheap <= Math.ceil(enough / 2),
    aCheapChainIsNeverDone: ({ phase, storedCheap, stored }) => phase !== 'done' || storedCheap < stored,
  }),
  sometimes: () => ({
    aChainIsStored: ({ phase }) => phase === 'done',
    aPeerIsFoundOut: ({ phase, stored }) => phase === 'refused' && stored > 0,
    littleWorkIsRefused: ({ phase, stored }) => phase === 'refused' && stored === 0,
  }),
})
