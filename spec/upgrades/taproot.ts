import type { Upgrade } from './upgrade.ts'

/** Pays to the generator as key, and to a tree of one script: OP_1. */
const PAY_TO_TAPROOT = '51209b6ce0db0707e29f92bf8893ed1911d397e3d2d76bbc68110c49da2ceec8be23'

export const taproot: Upgrade = {
  id: 'taproot',
  text: 'An output may pay to a key that hides a tree of scripts (BIP341); those are tapscripts (BIP342), and their signatures are of Schnorr (BIP340).',
  sources: ['BIP340', 'BIP341', 'BIP342'],
  deployment: 'taproot',
  features: ['TAPROOT'],
  examples: {
    accepts: [
      {
        script: PAY_TO_TAPROOT,
        witness: ['51', 'c079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'],
      },
    ],
    rejects: [{ script: PAY_TO_TAPROOT, error: 'WITNESS_PROGRAM_WITNESS_EMPTY' }],
  },
  slots: ['witness-version-1', 'leaf-version-192'],
}
