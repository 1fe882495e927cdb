import { atMost, ok } from '../../language/index.ts'
import type { Branch, Header } from '../../vocabulary/index.ts'
import { signals } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { SignalDuty, SignallingHeader } from '../subjects.ts'

export const mandatorySignal: ConsensusRule<SignallingHeader> = rule({
  id: 'mandatory-signal',
  reason: 'bad-version-bip8-must-signal',
  isOwnReason: true,
  must: 'In the period before a BIP8 deployment locks in at its timeout, the number of blocks that do not set its version bit under the top bits 001 MUST NOT exceed its window less its threshold.',
  sources: ['BIP8 §Mandatory signalling'],
  check: ({ header, parent, mustSignal }) => {
    for (const deployment of mustSignal) {
      const outcome = atMost(deployment.silentMax, silentBlocks(deployment, header, parent))
      if (outcome !== ok) return outcome
    }
    return ok
  },
})

/** How many blocks of the period that ends with this header do not set the bit. */
function silentBlocks({ bit, window }: SignalDuty, header: Header, parent: Branch): number {
  let silent = signals(header.version, bit) ? 0 : 1
  for (let at = parent; (at.height + 1) % window !== 0; at = at.parent!)
    if (!signals(at.header.version, bit)) silent += 1
  return silent
}
