import { defineModule, range } from '../../../spec/index.ts'

/** Jugs of three and five litres; four litres are wanted, and that they cannot be had is false. [the film Die Hard 3] */
export const jugs = defineModule({
  name: 'Jugs',
  constants: { wanted: 4 },
  presets: { impossible: { wanted: 6 } },
  variables: () => ({ small: range(0, 3), big: range(0, 5) }),
  init: () => [{ small: 0, big: 0 }],
  actions: (_, action) => ({
    FillSmall: action({ next: () => ({ small: 3 }) }),
    FillBig: action({ next: () => ({ big: 5 }) }),
    EmptySmall: action({ next: () => ({ small: 0 }) }),
    EmptyBig: action({ next: () => ({ big: 0 }) }),
    SmallToBig: action({
      next: ({ small, big }) => {
        const poured = Math.min(small, 5 - big)
        return { small: small - poured, big: big + poured }
      },
    }),
    BigToSmall: action({
      next: ({ small, big }) => {
        const poured = Math.min(big, 3 - small)
        return { small: small + poured, big: big - poured }
      },
    }),
  }),
  invariants: ({ wanted }) => ({ isNotYetThere: ({ big }) => big !== wanted }),
})
