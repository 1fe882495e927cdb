import { PROPOSALS, sats, UPGRADES, type Upgrade } from '../../spec/index.ts'
import { activationOf, type Change, removalOf } from './in-force.ts'
import type { HardForkWitness, SearchBounds, SoftForkSearch } from './search.ts'
import { searchChange } from './soft-fork.ts'

/** A change of which it is known whether it is a hard fork: the search is tried on these. */
export interface Canary {
  readonly name: string
  readonly isHardFork: boolean
  readonly change: Change
}

const plain = { text: '', sources: [], deployment: { kind: 'never' } } as const

function hard(name: string, part: Partial<Upgrade>): Canary {
  return { name, isHardFork: true, change: activationOf({ id: 'canary', ...plain, ...part }) }
}

function removed(name: string, id: string): Canary {
  return { name, isHardFork: true, change: removalOf(PROPOSALS.find((draft) => draft.id === id)!) }
}

/** An opcode that leaves something on the stack where there was nothing. */
const PUSHING_NOP: Partial<Upgrade> = {
  features: ['PUSHING_NOP'],
  extension: {
    opcodes: [
      {
        slot: 'NOP5',
        name: 'OP_PUSHING',
        feature: 'PUSHING_NOP',
        execute: ({ stack }) => stack.push(Uint8Array.of(1)),
      },
    ],
  },
}

/** Known hard forks, and every soft fork that was deployed. */
export const CANARIES: readonly Canary[] = [
  hard('a raised weight limit', { limits: { maxBlockWeight: 40_000_000 } }),
  hard('a raised limit of signature operations', { limits: { maxBlockSigopsCost: 800_000 } }),
  hard('a larger subsidy', { limits: { initialSubsidySats: sats(10n ** 10n) } }),
  hard('larger money', { limits: { maxMoneySats: sats(10n ** 18n) } }),
  hard('a younger coinbase', { limits: { coinbaseMaturityBlocks: 1 } }),
  hard('a later halving', { limits: { halvingIntervalBlocks: 100_000 } }),
  hard('subsidies that never end (the opposite of BIP42)', { supersedes: ['subsidy-ends'] }),
  hard('another proof of work', { proofOfWork: 'scrypt' }),
  hard('another header', { headerBytes: 164 }),
  hard('money from nothing', { supersedes: ['value-conserved'] }),
  hard('blocks further in the future', { limits: { maxFutureSeconds: 1_000_000 } }),
  hard('a NOP that pushes', PUSHING_NOP),
  removed("BIP110's expiry", 'bip110'),
  removed('an opcode of BIP347 that means success again', 'bip347'),
  removed('a NOP of BIP119 that means nothing again', 'bip119'),
  ...UPGRADES.map(
    (upgrade): Canary => ({
      name: `${upgrade.id}, deployed`,
      isHardFork: false,
      change: activationOf(upgrade),
    }),
  ),
]

/** What the search said of a canary. */
export interface CanaryResult {
  readonly name: string
  readonly isHardFork: boolean
  readonly witness: HardForkWitness | undefined
  readonly search: SoftForkSearch
  /** Whether the search said what is known. */
  readonly isRight: boolean
}

/** Searches each canary within bounds. */
export function* sendCanaries(bounds: SearchBounds): Generator<CanaryResult> {
  for (const { name, isHardFork, change } of CANARIES) {
    const search = searchChange(change, bounds)
    const [witness] = search.witnesses
    yield { name, isHardFork, witness, search, isRight: (witness !== undefined) === isHardFork }
  }
}
