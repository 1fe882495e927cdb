import { concatBytes } from '@noble/hashes/utils.js'
import { bytesOfHash, sha256d, toHex, witnessRoot } from '../../encoding/index.ts'
import { equal, ok } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'
import { commitmentOf } from './witness-commitment-output.ts'

export const witnessCommitment: ConsensusRule<Pick<BlockInContext, 'block'>> = rule({
  id: 'witness-commitment',
  reason: 'bad-witness-merkle-match',
  must: "Once segwit is in force, when the coinbase has a witness commitment (an output script of at least 38 bytes that begins with 6a24aa21a9ed, the last of them), its seventh to 38th bytes MUST be the double SHA-256 of the Merkle root of the witness ids, the coinbase's taken as zeros, followed by the reserved value.",
  sources: ['BIP141 §Commitment structure', 'Core validation.cpp CheckWitnessMalleation'],
  rejection: 'mutated',
  check: ({ block }) => {
    const commitment = commitmentOf(block)
    const [reserved] = block.transactions[0]!.inputs[0]?.witness ?? []
    if (commitment === undefined || reserved === undefined) return ok
    const root = bytesOfHash(witnessRoot(block.transactions))
    return equal(toHex(sha256d(concatBytes(root, reserved))), toHex(commitment))
  },
})
