import type { Engine } from '../../ports/engine.ts'
import { compare, type VectorFormat, type VectorVerdict } from '../format.ts'
import { fromHex } from './bytes.ts'
import { addingEach, parseFlags, removingEach, trimFlags } from './flags.ts'
import type { TransactionFile, TransactionRow } from './transaction-rows.ts'
import { readTransactionFile, verifyAll } from './transaction-rows.ts'

/** Core's tx_valid.json: valid under all flags but those of the row. Before 2021 the row had the flags to apply; the file's head tells. */
export const validTransactionsFormat: VectorFormat = {
  name: 'valid transactions',
  detects: (content) => headOf(readTransactionFile(content)).includes('transactions which are valid'),
  cases: (content) => casesOf(readTransactionFile(content)!, judgeValid),
}

/** Core's tx_invalid.json: invalid under the row's flags and any more; `BADTX` breaks a rule that asks no script. */
export const invalidTransactionsFormat: VectorFormat = {
  name: 'invalid transactions',
  detects: (content) => headOf(readTransactionFile(content)).includes('transactions which are invalid'),
  cases: (content) => casesOf(readTransactionFile(content)!, judgeInvalid),
}

type Judge = (engine: Engine, row: TransactionRow, file: TransactionFile) => VectorVerdict

function headOf(file: TransactionFile | undefined): string {
  return file?.head ?? ''
}

function* casesOf(file: TransactionFile, judge: Judge) {
  for (const row of file.rows) {
    const id = `row ${row.index}${row.comment && `: ${row.comment}`}`
    yield { id, run: (engine: Engine) => judge(engine, row, file) }
  }
}

/**
 * Fewer flags never spoil a transaction; and the flags left out are as few as can be: with any of them it fails.
 * Drafts may name flags that stay on throughout, and say that the second does not hold. [Core transaction_tests.cpp tx_valid]
 */
function judgeValid(engine: Engine, row: TransactionRow, file: TransactionFile): VectorVerdict {
  const structure = engine.checkTransaction(fromHex(row.transaction))
  if (structure !== 'ok') return compare(structure, 'ok')
  if (!file.head.includes('excluded verifyFlags')) return expectOk(engine, row, [parseFlags(row.flags)])
  const [kept = '', isMinimalityWaived = false] = row.more as [string?, boolean?]
  const excluded = parseFlags(row.flags)
  const flags = file.flags.filter((flag) => !excluded.includes(flag))
  const fewer = removingEach(flags, parseFlags(kept))
  const valid = expectOk(engine, row, [flags, ...fewer])
  if (valid !== 'pass' || isMinimalityWaived) return valid
  const tooMany = excluded.map((flag) => {
    const rest = trimFlags(excluded.filter((other) => other !== flag))
    return file.flags.filter((other) => !rest.includes(other))
  })
  return expectFailure(engine, row, tooMany)
}

/** More flags never save a transaction. Files that know no `BADTX` do not tell what breaks a rule and what a script. [Core transaction_tests.cpp tx_invalid] */
function judgeInvalid(engine: Engine, row: TransactionRow, file: TransactionFile): VectorVerdict {
  const structure = engine.checkTransaction(fromHex(row.transaction))
  if (!file.head.includes('BADTX') && structure !== 'ok') return 'pass'
  if (row.flags === 'BADTX') return structure === 'ok' ? { fail: 'expected a broken rule, got ok' } : 'pass'
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
