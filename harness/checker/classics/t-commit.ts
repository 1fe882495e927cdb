import { defineModule, mapOf, oneOf } from '../../../spec/index.ts'
import { forEach, namesOf } from './names.ts'

export const managerState = oneOf(['working', 'prepared', 'committed', 'aborted'])

/** Managers of one transaction, who all commit or all abort it. [Gray and Lamport, Consensus on transaction commit] */
export const tCommit = defineModule({
  name: 'TCommit',
  constants: { managers: 3 },
  variables: ({ managers }) => ({ manager: mapOf(namesOf('r', managers), managerState) }),
  init: ({ managers }) => [{ manager: forEach(namesOf('r', managers), 'working') }],
  actions: ({ managers }, action) => {
    const choose = { name: oneOf(namesOf('r', managers)) }
    return {
      Prepare: action({
        choose,
        guard: ({ manager }, { name }) => manager[name] === 'working',
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'prepared' } }),
      }),
      Commit: action({
        choose,
        guard: ({ manager }, { name }) =>
          manager[name] === 'prepared' &&
          Object.values(manager).every((state) => state === 'prepared' || state === 'committed'),
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'committed' } }),
      }),
      Abort: action({
        choose,
        guard: ({ manager }, { name }) =>
          (manager[name] === 'working' || manager[name] === 'prepared') &&
          !Object.values(manager).includes('committed'),
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'aborted' } }),
      }),
    }
  },
  ends: () => () => true,
  interchangeable: ({ managers }) => [namesOf('r', managers)],
  invariants: () => ({
    allAgree: ({ manager }) =>
      !(Object.values(manager).includes('aborted') && Object.values(manager).includes('committed')),
  }),
})
