import {
  blockWeight,
  noUncommittedWitness,
  noWitness,
  witnessCommitment,
  witnessReservedValue,
} from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const segwit: Upgrade = {
  id: 'segwit',
  text: 'Inputs are authorised by witnesses outside of the transaction id (BIP141), with a signature hash of their own (BIP143) and no dummy that others may change (BIP147).',
  sources: ['BIP141', 'BIP143', 'BIP147'],
  deployment: 'segwit',
  rules: [witnessReservedValue, witnessCommitment, noUncommittedWitness, blockWeight],
  features: ['WITNESS', 'NULLDUMMY'],
  supersedes: [noWitness.id],
  slots: ['witness-version-0'],
}
