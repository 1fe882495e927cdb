import { isPushOnly, witnessVersion } from '../script-engine/index.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { compactSizeLength } from '../wire/index.ts'
import { multisigShape, outputKind } from './output-kind.ts'
import type { MempoolPolicy } from './policy.ts'
import { feeAt } from './policy.ts'

const VERSION_MIN = 1
const VERSION_MAX = 3
const WEIGHT_MAX = 400_000
const SCRIPT_SIG_BYTES_MAX = 1650
const BARE_MULTISIG_KEYS_MAX = 3
const DUST_OUTPUTS_MAX = 1
const SCRIPT_BYTES_MAX = 10_000
const OP_RETURN = 0x6a

/** Why a transaction is not of the usual form, by Core's reject string, or nothing. [Core IsStandardTx] */
export function nonStandardReason(transaction: Transaction, policy: MempoolPolicy): string | undefined {
  if (transaction.version < VERSION_MIN || transaction.version > VERSION_MAX) return 'version'
  if (transaction.weight > WEIGHT_MAX) return 'tx-size'
  for (const { scriptSig } of transaction.inputs) {
    if (scriptSig.length > SCRIPT_SIG_BYTES_MAX) return 'scriptsig-size'
    if (!isPushOnly(scriptSig)) return 'scriptsig-not-pushonly'
  }
  return nonStandardOutputs(transaction.outputs, policy)
}

function nonStandardOutputs(outputs: readonly TxOutput[], policy: MempoolPolicy): string | undefined {
  let dataBytesLeft = policy.dataCarrierBytesMax
  for (const { script } of outputs) {
    const kind = outputKind(script)
    if (kind === 'nonstandard') return 'scriptpubkey'
    if (kind === 'nulldata') {
      dataBytesLeft -= script.length
      if (dataBytesLeft < 0) return 'datacarrier'
    } else if (kind === 'multisig') {
      if (multisigShape(script)!.keys > BARE_MULTISIG_KEYS_MAX) return 'scriptpubkey'
      if (!policy.permitBareMultisig) return 'bare-multisig'
    }
  }
  return dustCount(outputs, policy.dustFeeRate) > DUST_OUTPUTS_MAX ? 'dust' : undefined
}

/** Outputs worth less than it costs to spend them. */
export function dustCount(outputs: readonly TxOutput[], dustFeeRate: number): number {
  let dust = 0
  for (const output of outputs) if (output.value < dustThreshold(output, dustFeeRate)) dust++
  return dust
}

/** Sats below which an output is dust: the fee of its own bytes and of the input that spends it. [Core GetDustThreshold] */
function dustThreshold({ script }: TxOutput, dustFeeRate: number): number {
  if (script[0] === OP_RETURN || script.length > SCRIPT_BYTES_MAX) return 0
  const outputBytes = 8 + compactSizeLength(script.length) + script.length
  const inputBytes = witnessVersion(script) >= 0 ? 32 + 4 + 1 + 26 + 4 : 32 + 4 + 1 + 107 + 4
  return feeAt(dustFeeRate, outputBytes + inputBytes)
}
