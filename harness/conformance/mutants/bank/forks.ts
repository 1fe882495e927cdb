import type { Mutant } from '../mutant.ts'

const CANDIDATES = 'impl/chainstate/candidates.ts'
const BY_WORK = 'if (a.chainWork !== b.chainWork) return a.chainWork > b.chainWork ? 1 : -1'

/** Which branch wins, and what becomes of the other. */
export const forkMutants: readonly Mutant[] = [
  {
    id: 'F07',
    bug: 'Of two branches, that of less work wins.',
    source: 'Core CBlockIndexWorkComparator',
    file: CANDIDATES,
    find: BY_WORK,
    replace: `if (a.chainWork !== b.chainWork && !a.descendsFrom(b) && !b.descendsFrom(a))
    return a.chainWork < b.chainWork ? 1 : -1
  ${BY_WORK}`,
  },
  {
    id: 'F01',
    bug: 'The longest branch wins, not that of the most work.',
    source: 'Core CBlockIndexWorkComparator',
    file: CANDIDATES,
    find: BY_WORK,
    replace: 'if (a.height !== b.height) return a.height > b.height ? 1 : -1',
  },
  {
    id: 'F02',
    bug: 'Of two tips with equal work, the last seen wins.',
    source: 'Core CBlockIndexWorkComparator, nSequenceId',
    file: CANDIDATES,
    find: 'return b.sequence - a.sequence',
    replace: 'return a.sequence - b.sequence',
  },
  {
    id: 'F03',
    bug: 'A block that fails by its scripts leaves its coins behind.',
    source: 'Core ConnectTip, failed reorganisation',
    file: 'impl/chainstate/connect.ts',
    find: 'return this.settle() ?? this.#found.move()',
    replace: `if (this.#rejection !== undefined) return this.settle()!
    const undo = this.#found.move()
    return this.settle() ?? undo`,
  },
]
