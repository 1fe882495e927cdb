import type { Mutant } from '../mutant.ts'

const LOCK_TIME = 'impl/validation/lock-time.ts'
const CONTROL = 'impl/script-engine/operations/control.ts'

/** Lock times, absolute and relative, of transactions and in scripts. */
export const lockMutants: readonly Mutant[] = [
  {
    id: 'L05',
    bug: 'Lock times are compared with the time of the block, not with the median time of its parent.',
    source: 'BIP113',
    file: 'impl/validation/block.ts',
    find: 'activation.csv ? medianTimePast(parent, limits.medianTimeSpan) : block.header.time',
    replace: 'block.header.time',
  },
  {
    id: 'L01',
    bug: 'Relative locks read the version of a transaction as a signed number.',
    source: 'CVE-2024-34478, btcd before 0.24.0',
    file: LOCK_TIME,
    find: 'if (transaction.version < 2) return { height, medianTime }',
    replace: 'if ((transaction.version | 0) < 2) return { height, medianTime }',
  },
  {
    id: 'L02',
    bug: 'CHECKSEQUENCEVERIFY fails in a transaction of version 1 even when its operand locks nothing.',
    source: 'btcd in 2016 (bc576b13)',
    file: CONTROL,
    find: 'isRelativeLockDisabled(required) || machine.checker.isRelativeLockMet(required)',
    replace:
      '(isRelativeLockDisabled(required) && machine.checker.digests.tx.version >= 2) || machine.checker.isRelativeLockMet(required)',
  },
  {
    id: 'L03',
    bug: 'A relative time lock starts at the median time of the block of the coin, not of the one before it.',
    source: 'BIP68',
    file: LOCK_TIME,
    find: 'parent.ancestor(Math.min(Math.max(created - 1, 0), parent.height))',
    replace: 'parent.ancestor(Math.min(created, parent.height))',
  },
  {
    id: 'L08',
    bug: 'A relative height lock opens one block late.',
    source: 'BIP68; Core CalculateSequenceLocks',
    file: LOCK_TIME,
    find: 'created + units - 1)\n    }',
    replace: 'created + units)\n    }',
  },
  {
    id: 'L06',
    bug: 'Operands of CHECKLOCKTIMEVERIFY and CHECKSEQUENCEVERIFY have at most four bytes.',
    source: 'BIP65, BIP112',
    file: CONTROL,
    find: 'const LOCK_TIME_BYTES_MAX = 5',
    replace: 'const LOCK_TIME_BYTES_MAX = 4',
  },
  {
    id: 'L09',
    bug: 'CHECKLOCKTIMEVERIFY holds in an input whose sequence switches the lock time off.',
    source: 'BIP65',
    file: 'impl/script-engine/input-checker.ts',
    find: 'return required <= tx.lockTime && tx.inputs[this.inputIndex]!.sequence !== SEQUENCE_FINAL',
    replace: 'return required <= tx.lockTime',
  },
  {
    id: 'L10',
    bug: 'A lock time equal to the height of the block counts as reached.',
    source: 'Core IsFinalTx',
    file: LOCK_TIME,
    find: 'if (lockTime < (lockTime < LOCK_TIME_THRESHOLD ? height : time)) return true',
    replace: 'if (lockTime <= (lockTime < LOCK_TIME_THRESHOLD ? height : time)) return true',
  },
]
