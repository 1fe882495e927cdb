import { schnorr } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/index.ts'
import { tapLeafHash, tapRoot, taprootOutputKey } from '../script/index.ts'
import { type Draw, drawBytes, drawFrom } from './draw.ts'
import type { RejectedSpend, SpendExample } from './example.ts'
import { drawScript } from './example.ts'
import type { Upgrade } from './upgrade.ts'

/** Pays to the generator as key, and to a tree of one script: OP_1. */
const PAY_TO_TAPROOT = '51209b6ce0db0707e29f92bf8893ed1911d397e3d2d76bbc68110c49da2ceec8be23'

export const taproot: Upgrade = {
  id: 'taproot',
  text: 'An output may pay to a key that hides a tree of scripts (BIP341); those are tapscripts (BIP342), and their signatures are of Schnorr (BIP340).',
  sources: ['BIP340', 'BIP341', 'BIP342'],
  deployment: 'taproot',
  features: ['TAPROOT'],
  fromGenesis: ['TAPROOT'],
  examples: {
    accepts: [
      {
        script: PAY_TO_TAPROOT,
        witness: ['51', 'c079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'],
      },
    ],
    rejects: [{ script: PAY_TO_TAPROOT, error: 'WITNESS_PROGRAM_WITNESS_EMPTY' }],
    generator: drawPair,
  },
  slots: ['witness-version-1', 'leaf-version-192'],
}

const TAPSCRIPT_LEAF_VERSION = 0xc0

/** A script of a tree of up to three leaves, and what does not reveal it. */
function drawPair(draw: Draw): { accepts: SpendExample; rejects: RejectedSpend } {
  const [leaf, path] = [drawScript(draw), Array.from({ length: draw(3) }, () => drawBytes(draw, 32))]
  const internalKey = schnorr.getPublicKey(Uint8Array.of(...drawBytes(draw, 31), 1 + draw(0xff)))
  const output = taprootOutputKey(internalKey, tapRoot(tapLeafHash(TAPSCRIPT_LEAF_VERSION, leaf), path))!
  const script = `5120${toHex(output.key)}`
  const control = concatBytes(
    Uint8Array.of(TAPSCRIPT_LEAF_VERSION + Number(output.isOdd)),
    internalKey,
    ...path,
  )
  const flipped = Uint8Array.of(control[0]! ^ 1, ...control.slice(1))
  const revealing = (...witness: Uint8Array[]) => ({ script, witness: witness.map(toHex) })
  return {
    accepts: revealing(leaf, control),
    rejects: drawFrom<RejectedSpend>(draw, [
      () => ({ ...revealing(), error: 'WITNESS_PROGRAM_WITNESS_EMPTY' }),
      () => ({ ...revealing(leaf, flipped), error: 'WITNESS_PROGRAM_MISMATCH' }),
      () => ({ ...revealing(drawScript(draw, false), control), error: 'WITNESS_PROGRAM_MISMATCH' }),
      () => ({ ...revealing(leaf, control.slice(0, -1)), error: 'TAPROOT_WRONG_CONTROL_SIZE' }),
      () => ({ ...revealing(drawBytes(draw, 64)), error: 'SCHNORR_SIG' }),
      () => ({ ...revealing(drawBytes(draw, 1, 63)), error: 'SCHNORR_SIG_SIZE' }),
    ]),
  }
}
