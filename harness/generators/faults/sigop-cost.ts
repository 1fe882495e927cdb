import { around, pick } from '../choices.ts'
import { makePair } from '../pairs.ts'
import { tighter } from './edges.ts'
import { withOutput } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

/** Operations of a script that are counted whether they are run or not. [Core MAX_OPS_PER_SCRIPT] */
const OPERATIONS_MAX = 201
const MULTISIG_COST = 20

export const sigopCost: RuleFaults = {
  rule: 'sigop-cost',
  weight: 3,
  edge: tighter('maxBlockSigopsCost', -1),
  faults: [
    /** Operations behind a witness hash cost one apiece, behind a script hash four. */
    function hidesSigops({ draft, parent, honest, choice }) {
      const [wrap, scale] = choice % 2 === 0 ? (['p2wsh', 1] as const) : (['p2sh', 4] as const)
      const wanted = draft.chain.limits.maxBlockSigopsCost + scale * around(choice >> 1)
      const hidden = Math.min(Math.floor(wanted / scale), (OPERATIONS_MAX - 30) * MULTISIG_COST)
      const shown = Math.floor((wanted - hidden * scale) / 4)
      const rest = wanted - hidden * scale - shown * 4
      const operations = hidden + Math.floor(rest / scale)
      const script = sigopScript(operations, pick([undefined, 16, 1], choice >> 3))
      const pair = makePair(draft, parent, { lock: { script, wrap } })
      if (pair === undefined) return undefined
      return { faulty: { ...withOutput(honest, 'ac'.repeat(shown)), transactions: pair } }
    },
    /** What pays to a key's witness hash costs one. */
    function costsOneMore({ draft, parent, honest, choice }) {
      const pair = makePair(draft, parent, {
        lock: { key: 'bob', type: pick(['p2wpkh', 'p2sh-p2wpkh'], choice) },
      })
      if (pair === undefined) return undefined
      const shown = Math.floor(draft.chain.limits.maxBlockSigopsCost / 4) - Number(choice % 3 === 0)
      return { faulty: { ...withOutput(honest, 'ac'.repeat(shown)), transactions: pair } }
    },
  ],
}

/** A script that holds so many signature operations and runs none of them; one of them may give its number of keys. */
function sigopScript(operations: number, keys: number | undefined): string {
  const left = operations - (keys ?? 0)
  const multisigs = Math.floor(left / MULTISIG_COST)
  const counted = keys === undefined ? '' : `${keys} CHECKMULTISIG `
  // Whatever stands before the next operation says nothing of its keys.
  const rest = `${'CHECKMULTISIG '.repeat(multisigs)}${'CHECKSIG '.repeat(left % MULTISIG_COST)}`
  return `0 IF ${rest}${counted}ENDIF 1`
}
