import { facetOf } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { compare, type VectorFormat, type VectorVerdict } from '../format.ts'
import { addingEach, isDraftFlag, parseFlags, removingEach, trimFlags } from './flags.ts'
import type { TransactionFile, TransactionRow } from './transaction-rows.ts'
import { BAD_TRANSACTION, flagsNamed, headOf, readTransactionFile, verifyAll } from './transaction-rows.ts'

/**
 * Core's tx_valid.json: valid under all flags but those of the row (before 2021: under those of the row; the file's
 * head says). Core's tx_invalid.json: invalid under the row's flags and any more; `BADTX` breaks a rule that asks no
 * script. Files that name flags which Core does not know belong to drafts.
 */
export const transactionFormats: readonly VectorFormat[] = [
  ...formats('valid transactions', 'transactions which are valid', judgeValid),
  ...formats('invalid transactions', 'transactions which are invalid', judgeInvalid),
]

type Judge = (engine: Engine, row: TransactionRow, file: TransactionFile) => VectorVerdict

function formats(name: string, head: string, judge: Judge): VectorFormat[] {
  return [false, true].map((isDraft) => ({
    name: isDraft ? `${name} of a draft` : name,
    detects: (content) =>
      headOf(content)?.includes(head) === true && flagsNamed(content).some(isDraftFlag) === isDraft,
    read: (content) =>
      readTransactionFile(content, (row, file) => ({
        id: `row ${row.index}${row.comment && `: ${row.comment}`}`,
        run: (engine) => judge(engine, row, file),
      })),
  }))
}

/**
 * Fewer flags never spoil a transaction; and the flags left out are as few as can be: with any of them it fails.
 * Drafts may name flags that stay on throughout, and say that the second does not hold. [Core transaction_tests.cpp tx_valid]
 */
function judgeValid(engine: Engine, row: TransactionRow, file: TransactionFile): VectorVerdict {
  const structure = facetOf(engine, 'contextFree').checkTransaction(row.transaction)
  if (structure !== 'ok') return compare(structure, 'ok')
  if (!file.head.includes('excluded verifyFlags')) return expectOk(engine, row, [parseFlags(row.flags)])
  const [kept = '', isMinimalityWaived = false] = row.more as [string?, boolean?]
  const excluded = parseFlags(row.flags)
  const flags = file.flags.filter((flag) => !excluded.includes(flag))
  const fewer = removingEach(flags, [...parseFlags(kept), ...file.presupposed])
  const valid = expectOk(engine, row, [flags, ...fewer])
  if (valid !== 'pass' || isMinimalityWaived) return valid
  const tooMany = excluded.map((flag) => {
    const rest = trimFlags(excluded.filter((other) => other !== flag))
    return file.flags.filter((other) => !rest.includes(other))
  })
  return expectFailure(engine, row, tooMany)
}

/** More flags never save a transaction. Files that know no `BADTX` do not say what breaks a rule and what a script. [Core transaction_tests.cpp tx_invalid] */
function judgeInvalid(engine: Engine, row: TransactionRow, file: TransactionFile): VectorVerdict {
  const structure = facetOf(engine, 'contextFree').checkTransaction(row.transaction)
  if (!file.head.includes(BAD_TRANSACTION) && structure !== 'ok') return 'pass'
  if (row.flags === BAD_TRANSACTION)
    return structure === 'ok' ? { fail: 'expected a broken rule, got ok' } : 'pass'
  if (structure !== 'ok') return compare(structure, 'ok')
  const flags = parseFlags(row.flags)
  return expectFailure(engine, row, [flags, ...addingEach(flags, file.flags)])
}

function expectOk(
  engine: Engine,
  row: TransactionRow,
  flagSets: readonly (readonly string[])[],
): VectorVerdict {
  for (const flags of flagSets) {
    const error = verifyAll(engine, row, flags)
    if (error !== 'OK') return { fail: `expected OK, got ${error} under ${flags.join()}` }
  }
  return 'pass'
}

function expectFailure(
  engine: Engine,
  row: TransactionRow,
  flagSets: readonly (readonly string[])[],
): VectorVerdict {
  for (const flags of flagSets) {
    if (verifyAll(engine, row, flags) === 'OK')
      return { fail: `expected a failure, got OK under ${flags.join() || 'no flags'}` }
  }
  return 'pass'
}
