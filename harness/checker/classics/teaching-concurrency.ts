import { defineModule, listOf, oneOf, range, weak } from '../../../spec/index.ts'

/** Each process sets its x and then reads its neighbour's: somebody must have read one. [Lamport, Teaching concurrency] */
export const teachingConcurrency = defineModule({
  name: 'TeachingConcurrency',
  constants: { processes: 5 },
  presets: { small: { processes: 3 } },
  variables: ({ processes }) => ({
    x: listOf(range(0, 1), processes),
    y: listOf(range(0, 1), processes),
    at: listOf(oneOf(['set', 'read', 'done']), processes),
  }),
  init: ({ processes }) => {
    const zeros = Array.from({ length: processes }, () => 0)
    return [{ x: zeros, y: zeros, at: zeros.map(() => 'set' as const) }]
  },
  actions: ({ processes }, action) => {
    const choose = { process: range(0, processes - 1) }
    return {
      Set: action({
        choose,
        guard: ({ at }, { process }) => at[process] === 'set',
        next: ({ x, at }, { process }) => ({ x: x.with(process, 1), at: at.with(process, 'read') }),
      }),
      Read: action({
        choose,
        guard: ({ at }, { process }) => at[process] === 'read',
        next: ({ x, y, at }, { process }) => ({
          y: y.with(process, x.at(process - 1)!),
          at: at.with(process, 'done'),
        }),
      }),
      Rest: action({ guard: ({ at }) => at.every((place) => place === 'done'), next: () => ({}) }),
    }
  },
  fairness: () => [weak(['Set', 'Read'])],
  invariants: () => ({
    somebodyReadsOne: ({ y, at }) => at.some((place) => place !== 'done') || y.includes(1),
  }),
  properties: (_, { eventually }) => ({
    ends: eventually(({ at }) => at.every((place) => place === 'done')),
  }),
})
