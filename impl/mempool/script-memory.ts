import { CONSENSUS_FLAGS, ScriptCache, type ScriptChecks } from '../script-engine/index.ts'
import type { Transaction } from '../wire/index.ts'

/** About 20 MB when full: more transactions than pools usually hold. */
const TRANSACTIONS_MAX = 100_000

/** Two faces of one carrier of script checks: what the pool has judged need not be judged again in a block. */
export interface ScriptMemory {
  /** Remembers transactions all of whose scripts succeeded, by the flags they were judged under. */
  readonly forPool: ScriptChecks
  /** Passes over what is remembered under the very same flags. */
  readonly forBlocks: ScriptChecks
}

/**
 * Scripts depend on nothing but the transaction with its witnesses, the coins that its inputs name by their ids, and
 * flags, so that (wtxid, flags, rules) is all that a verdict needs to be known by. `rules` stands for the chain's rules:
 * two chains of one name may differ in them. Only success is remembered, and only under flags that a block may have;
 * blocks add nothing. [Core ValidationCache, ConsensusScriptChecks]
 */
export function createScriptMemory(
  checks: ScriptChecks,
  rules: string,
  transactionsMax = TRANSACTIONS_MAX,
): ScriptMemory {
  const cache = new ScriptCache(transactionsMax)
  let isEmpty = true
  /** Inputs submitted by the pool since it last settled. */
  let submitted: { tx: Transaction; flags: number; inputs: Set<number> }[] = []
  /** Inputs of one transaction come one after the other. */
  let last: { tx: Transaction; flags: number; isKnown: boolean } | undefined
  return {
    forPool: {
      submit: (index, check) => {
        const { tx, flags, inputIndex } = check
        let group = submitted.at(-1)
        if (group?.tx !== tx || group.flags !== flags) {
          group = { tx, flags, inputs: new Set() }
          submitted.push(group)
        }
        group.inputs.add(inputIndex)
        checks.submit(index, check)
      },
      settle: () => {
        const groups = submitted
        submitted = []
        const failure = checks.settle()
        if (failure !== undefined) return failure
        for (const { tx, flags, inputs } of groups) {
          if (inputs.size < tx.inputs.length || (flags & ~CONSENSUS_FLAGS) !== 0) continue
          cache.add(tx.wtxid, flags, rules)
          isEmpty = false
          last = undefined
        }
        return undefined
      },
    },
    forBlocks: {
      submit: (index, check) => {
        const { tx, flags } = check
        // Ids are not computed for nothing while a chain is being caught up with.
        if (isEmpty) return checks.submit(index, check)
        if (last?.tx !== tx || last.flags !== flags)
          last = { tx, flags, isKnown: cache.has(tx.wtxid, flags, rules) }
        if (!last.isKnown) checks.submit(index, check)
      },
      settle: () => checks.settle(),
    },
  }
}
