import { broken, ok } from '../../language/index.ts'
import type { RequirementKind } from '../kind.ts'
import { ownerOf } from '../payment.ts'

/** Who may take part: owners by their script in hex. */
export interface Jurisdiction {
  readonly registered: readonly string[]
}

/** Everyone who pays or is paid MUST be on the register. An output that nobody owns pays nobody. */
export const jurisdiction: RequirementKind<Jurisdiction> = {
  kind: 'jurisdiction',
  must: 'Everyone who pays or is paid MUST be on the register.',
  about: () => '',
  check({ registered }, { transaction, spent }) {
    const known = new Set(registered)
    const owners = [...spent, ...transaction.outputs]
      .filter(({ script }) => script[0] !== OP_RETURN)
      .map(ownerOf)
    const stranger = owners.find((owner) => !known.has(owner))
    return stranger === undefined ? ok : broken('an owner on the register', stranger)
  },
  meet: (left, right) => ({
    registered: left.registered.filter((owner) => right.registered.includes(owner)),
  }),
}

const OP_RETURN = 0x6a
