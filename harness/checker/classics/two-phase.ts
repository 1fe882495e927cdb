import { defineModule, mapOf, oneOf, subsetOf } from '../../../spec/index.ts'
import { forEach, namesOf } from './names.ts'
import { managerState, tCommit } from './t-commit.ts'

/**
 * A coordinator asks managers whether they are prepared, and orders all to commit or abort. Messages only grow in number;
 * a manager's name as a message says that it is prepared. [Gray and Lamport, Consensus on transaction commit]
 */
export const twoPhase = defineModule({
  name: 'TwoPhase',
  constants: { managers: 3 },
  presets: Object.fromEntries([2, 4, 5, 6, 7].map((managers) => [String(managers), { managers }])),
  variables: ({ managers }) => ({
    manager: mapOf(namesOf('r', managers), managerState),
    coordinator: oneOf(['init', 'committed', 'aborted']),
    prepared: subsetOf(namesOf('r', managers)),
    sent: subsetOf([...namesOf('r', managers), 'commit', 'abort']),
  }),
  init: ({ managers }) => [
    {
      manager: forEach(namesOf('r', managers), 'working'),
      coordinator: 'init' as const,
      prepared: [],
      sent: [],
    },
  ],
  actions: ({ managers }, action) => {
    const choose = { name: oneOf(namesOf('r', managers)) }
    return {
      HearPrepared: action({
        choose,
        guard: ({ coordinator, sent }, { name }) => coordinator === 'init' && sent.includes(name),
        next: ({ prepared }, { name }) => ({ prepared: [...prepared, name] }),
      }),
      DecideCommit: action({
        guard: ({ coordinator, prepared }) => coordinator === 'init' && prepared.length === managers,
        next: ({ sent }) => ({ coordinator: 'committed', sent: [...sent, 'commit'] }),
      }),
      DecideAbort: action({
        guard: ({ coordinator }) => coordinator === 'init',
        next: ({ sent }) => ({ coordinator: 'aborted', sent: [...sent, 'abort'] }),
      }),
      Prepare: action({
        choose,
        guard: ({ manager }, { name }) => manager[name] === 'working',
        next: ({ manager, sent }, { name }) => ({
          manager: { ...manager, [name]: 'prepared' },
          sent: [...sent, name],
        }),
      }),
      GiveUp: action({
        choose,
        guard: ({ manager }, { name }) => manager[name] === 'working',
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'aborted' } }),
      }),
      ObeyCommit: action({
        choose,
        guard: ({ sent }) => sent.includes('commit'),
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'committed' } }),
      }),
      ObeyAbort: action({
        choose,
        guard: ({ sent }) => sent.includes('abort'),
        next: ({ manager }, { name }) => ({ manager: { ...manager, [name]: 'aborted' } }),
      }),
    }
  },
  interchangeable: ({ managers }) => [namesOf('r', managers)],
  implements: ({ managers }) => ({
    tCommit: { abstract: tCommit.withConstants({ managers }), map: ({ manager }) => ({ manager }) },
  }),
})
