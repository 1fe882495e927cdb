import { mapOf, oneOf, range, recordOf, setOf } from '../../../spec/index.ts'
import { forEach, namesOf } from './names.ts'

interface Electorate {
  readonly acceptors: number
  readonly values: number
  readonly ballotMax: number
}

/** Of each acceptor: its votes, and the highest ballot that it has seen, -1 for none. */
export const ballotVariables = ({ acceptors, values, ballotMax }: Electorate) => ({
  votes: mapOf(
    namesOf('a', acceptors),
    setOf(recordOf({ ballot: range(0, ballotMax), value: oneOf(namesOf('v', values)) })),
  ),
  seen: mapOf(namesOf('a', acceptors), range(-1, ballotMax)),
})

/** Nobody has voted or seen a ballot. */
export const beforeVoting = ({ acceptors }: Electorate) => [
  { votes: forEach(namesOf('a', acceptors), []), seen: forEach(namesOf('a', acceptors), -1) },
]
