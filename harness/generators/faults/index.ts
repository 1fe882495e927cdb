import { BODY_FAULTS } from './bodies.ts'
import { COINBASE_FAULTS, RARE_COINBASE_FAULTS } from './coinbases.ts'
import type { Fault, Faulty, Ground } from './fault.ts'
import { HEADER_FAULTS, RARE_HEADER_FAULTS, SCRYPT_FAULTS } from './headers.ts'
import { LOAD_FAULTS } from './loads.ts'
import { MONEY_FAULTS } from './money.ts'
import { SIGNET_FAULTS } from './signets.ts'

const COMMON: readonly Fault[] = [...HEADER_FAULTS, ...COINBASE_FAULTS, ...BODY_FAULTS]
const RARE: readonly Fault[] = [
  ...RARE_HEADER_FAULTS,
  ...RARE_COINBASE_FAULTS,
  ...LOAD_FAULTS,
  ...MONEY_FAULTS,
]

/** About a third of what they make is valid: a fault at its edge may be none. */
const FAULTS: readonly Fault[] = [...COMMON, ...RARE, ...RARE, ...RARE]

const ON_SIGNETS: readonly Fault[] = [...FAULTS, ...SIGNET_FAULTS, ...SIGNET_FAULTS, ...SIGNET_FAULTS]
/** Such chains are few. */
const ON_SCRYPT: readonly Fault[] = [...FAULTS, ...Array.from({ length: 10 }, () => SCRYPT_FAULTS).flat()]

/** The block with the fault of this number; undefined where this chain has no such thing. @throws ScenarioError when the parts do not fit each other */
export function makeFault(kind: number, ground: Ground): Faulty | undefined {
  const faults = faultsOn(ground)
  return faults[kind % faults.length]!(ground)
}

function faultsOn({ draft }: Ground): readonly Fault[] {
  if (draft.isSignet) return ON_SIGNETS
  return draft.chain.proofOfWork === 'scrypt' ? ON_SCRYPT : FAULTS
}
