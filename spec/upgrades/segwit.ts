import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../encoding/index.ts'
import {
  blockWeight,
  noUncommittedWitness,
  noWitness,
  versionWithSegwit,
  witnessCommitment,
  witnessReservedValue,
} from '../rules/index.ts'
import { encodePush } from '../script/index.ts'
import { type Draw, drawBytes, drawFrom } from './draw.ts'
import type { RejectedSpend, SpendExample } from './example.ts'
import { drawScript } from './example.ts'
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
  rules: [versionWithSegwit, witnessReservedValue, witnessCommitment, noUncommittedWitness, blockWeight],
  features: ['WITNESS', 'NULLDUMMY'],
  fromGenesis: ['WITNESS'],
  examples: {
    accepts: [
      { script: PAY_TO_WITNESS_SCRIPT, witness: ['51'] },
      { script: NONE_OF_NO_KEYS, scriptSig: '00' },
    ],
    rejects: [
      { script: PAY_TO_WITNESS_SCRIPT, error: 'WITNESS_PROGRAM_WITNESS_EMPTY' },
      { script: NONE_OF_NO_KEYS, scriptSig: '51', error: 'SIG_NULLDUMMY' },
    ],
    generator: (draw) =>
      drawFrom(draw, [() => drawWitness(draw), () => drawWitness(draw), () => drawDummy(draw)]),
  },
  supersedes: [noWitness.id],
  slots: ['witness-version-0'],
}

interface Pair {
  readonly accepts: SpendExample
  readonly rejects: RejectedSpend
}

/** A script that its witness reveals, and what is none of its witnesses. */
function drawWitness(draw: Draw): Pair {
  const [revealed, other, untrue] = [drawScript(draw), drawScript(draw), drawScript(draw, false)]
  const { script, witness } = payTo(revealed)
  return {
    accepts: { script, witness },
    rejects: drawFrom<RejectedSpend>(draw, [
      () => ({ script, error: 'WITNESS_PROGRAM_WITNESS_EMPTY' }),
      () => ({ script, witness: [toHex(other), ''], error: 'WITNESS_PROGRAM_MISMATCH' }),
      () => ({ script, witness: [toHex(drawBytes(draw, 1, 9)), ...witness], error: 'CLEANSTACK' }),
      () => ({ ...payTo(untrue), error: 'EVAL_FALSE' }),
      () => ({ script, witness, scriptSig: '51', error: 'WITNESS_MALLEATED' }),
    ]),
  }
}

function payTo(script: Uint8Array) {
  return { script: `0020${toHex(sha256(script))}`, witness: [toHex(script)] }
}

function drawDummy(draw: Draw): Pair {
  const dummy = toHex(encodePush(drawBytes(draw, 1, 40)))
  return {
    accepts: { script: NONE_OF_NO_KEYS, scriptSig: '00' },
    rejects: { script: NONE_OF_NO_KEYS, scriptSig: dummy, error: 'SIG_NULLDUMMY' },
  }
}
