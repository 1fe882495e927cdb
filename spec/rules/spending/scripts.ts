import { broken, ok } from '../../language/index.ts'
import { verifyInput } from '../../script/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ScriptSpend } from '../subjects.ts'

export const scripts: ConsensusRule<ScriptSpend> = rule({
  id: 'scripts',
  reason: 'block-script-verify-flag-failed',
  must: "Each input's script and witness MUST satisfy the script of the output that it spends, under the script features in force for the block.",
  sources: ['Core script/interpreter.cpp VerifyScript'],
  unconfirmed: { reason: 'mempool-script-verify-flag-failed' },
  check: (spend) => {
    const result = verifyInput(spend)
    return result === 'OK' ? ok : broken('OK', `${result}, input ${spend.inputIndex}`, ` (${result})`)
  },
})
