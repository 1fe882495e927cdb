import {
  blockWeight,
  noUncommittedWitness,
  noWitness,
  witnessCommitment,
  witnessReservedValue,
} from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

/** Pays to the hash of the script OP_1. */
const PAY_TO_WITNESS_SCRIPT = '00204ae81572f06e1b88fd5ced7a1a000945432e83e1551e6f721ee9c00b8cc33260'
/** OP_0 OP_0 OP_CHECKMULTISIG: takes nothing but the dummy. */
const NONE_OF_NO_KEYS = '0000ae'

export const segwit: Upgrade = {
  id: 'segwit',
  text: 'Inputs are authorised by witnesses outside of the transaction id (BIP141), with a signature hash of their own (BIP143) and no dummy that others may change (BIP147).',
  sources: ['BIP141', 'BIP143', 'BIP147'],
  deployment: 'segwit',
  rules: [witnessReservedValue, witnessCommitment, noUncommittedWitness, blockWeight],
  features: ['WITNESS', 'NULLDUMMY'],
  examples: {
    accepts: [
      { script: PAY_TO_WITNESS_SCRIPT, witness: ['51'] },
      { script: NONE_OF_NO_KEYS, scriptSig: '00' },
    ],
    rejects: [
      { script: PAY_TO_WITNESS_SCRIPT, error: 'WITNESS_PROGRAM_WITNESS_EMPTY' },
      { script: NONE_OF_NO_KEYS, scriptSig: '51', error: 'SIG_NULLDUMMY' },
    ],
  },
  supersedes: [noWitness.id],
  slots: ['witness-version-0'],
}
