import { fail } from '../errors.ts'
import type { Feature } from '../features.ts'
import type { Machine, Opcode, ScriptContext } from '../machine.ts'
import { readNumber } from './numbers.ts'

/** Opcodes that were NOPs: they keep their operand on the stack, so that old nodes see nothing. */
export const lockTimeOpcodes: readonly Opcode[] = [
  lockTimeCheck(0xb1, 'OP_CHECKLOCKTIMEVERIFY', 'CHECKLOCKTIMEVERIFY', isLockTimeReached),
  lockTimeCheck(0xb2, 'OP_CHECKSEQUENCEVERIFY', 'CHECKSEQUENCEVERIFY', isSequenceReached),
]

/** Five bytes hold every lock time of 32 bits as a positive number. [BIP65] */
const OPERAND_BYTES_MAX = 5
/** Below it a lock time is a height, from it on Unix seconds. [Core LOCKTIME_THRESHOLD] */
const LOCK_TIME_THRESHOLD = 500_000_000
/** An input with this sequence switches the transaction's lock time off. [Core CTxIn::SEQUENCE_FINAL] */
const SEQUENCE_FINAL = 0xffffffff
/** Set: the sequence is not a relative lock. [BIP68] */
const SEQUENCE_DISABLE = 2 ** 31
/** Set: the lock counts 512 seconds; else blocks. [BIP68] */
const SEQUENCE_IN_TIME = 1 << 22
const SEQUENCE_VALUE = 0xffff

function lockTimeCheck(
  code: number,
  name: string,
  feature: Feature,
  isReached: (operand: number, context: ScriptContext) => boolean,
): Opcode {
  return {
    code,
    name,
    execute({ stack, context }: Machine) {
      if (!context.features.has(feature)) return
      const operand = readNumber(stack.peek(), context, OPERAND_BYTES_MAX)
      if (operand < 0) fail('NEGATIVE_LOCKTIME')
      if (!isReached(operand, context)) fail('UNSATISFIED_LOCKTIME')
    },
  }
}

/** The transaction's lock time MUST be of the operand's kind, not lower, and in force for this input. [BIP65] */
function isLockTimeReached(operand: number, { transaction, inputIndex }: ScriptContext): boolean {
  const isSameKind = operand < LOCK_TIME_THRESHOLD === transaction.lockTime < LOCK_TIME_THRESHOLD
  const isInForce = transaction.inputs[inputIndex]!.sequence !== SEQUENCE_FINAL
  return isSameKind && operand <= transaction.lockTime && isInForce
}

/** The input's relative lock MUST be in force, of the operand's kind, and not shorter; an operand with the disable bit asks for nothing. [BIP112] */
function isSequenceReached(operand: number, { transaction, inputIndex }: ScriptContext): boolean {
  if (isDisabled(operand)) return true
  const { sequence } = transaction.inputs[inputIndex]!
  if (transaction.version < 2 || isDisabled(sequence)) return false
  const isSameKind = (operand & SEQUENCE_IN_TIME) === (sequence & SEQUENCE_IN_TIME)
  return isSameKind && (operand & SEQUENCE_VALUE) <= (sequence & SEQUENCE_VALUE)
}

/** Bit 31 of a number that may have 39: beyond 32-bit operators. */
function isDisabled(value: number): boolean {
  return Math.floor(value / SEQUENCE_DISABLE) % 2 === 1
}
