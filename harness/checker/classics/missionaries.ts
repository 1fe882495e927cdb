import { defineModule, oneOf, range } from '../../../spec/index.ts'

/** Three missionaries and three cannibals cross a river in a boat for two; that they cannot is false. [a puzzle] */
export const missionaries = defineModule({
  name: 'Missionaries',
  constants: { each: 3 },
  variables: ({ each }) => ({
    /** Those on the eastern bank; the others are on the western. */
    missionaries: range(0, each),
    cannibals: range(0, each),
    boat: oneOf(['east', 'west']),
  }),
  init: ({ each }) => [{ missionaries: each, cannibals: each, boat: 'east' as const }],
  actions: ({ each }, action) => ({
    Cross: action({
      choose: { monks: range(0, 2), eaters: range(0, 2) },
      guard: ({ missionaries, cannibals, boat }, { monks, eaters }) => {
        const sign = boat === 'east' ? -1 : 1
        const [here, there] = [missionaries + sign * monks, cannibals + sign * eaters]
        const isSafe = (atHome: number, hungry: number) => atHome === 0 || atHome >= hungry
        return (
          monks + eaters >= 1 &&
          monks + eaters <= 2 &&
          here >= 0 &&
          here <= each &&
          there >= 0 &&
          there <= each &&
          isSafe(here, there) &&
          isSafe(each - here, each - there)
        )
      },
      next: ({ missionaries, cannibals, boat }, { monks, eaters }) => {
        const sign = boat === 'east' ? -1 : 1
        return {
          missionaries: missionaries + sign * monks,
          cannibals: cannibals + sign * eaters,
          boat: boat === 'east' ? 'west' : 'east',
        }
      },
    }),
  }),
  invariants: () => ({
    somebodyIsLeft: ({ missionaries, cannibals }) => missionaries + cannibals > 0,
  }),
})
