import { equalBytes } from '@noble/curves/utils.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, listOf, toHex, varBytes } from '../encoding/index.ts'
import type { ScriptContext, ScriptErrorName } from '../script/index.ts'
import { assemble, judgeLeaf, tapLeafHash, tapRoot } from '../script/index.ts'
import type { RejectedSpend, SpendExample, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom } from '../upgrades/index.ts'

const FEATURE = 'PAY_TO_MERKLE_ROOT'
const NODE_BYTES = 32
const DEPTH_MAX = 128
const ANNEX_TAG = 0x50
const TAPSCRIPT = 0xc0

/** Pay to Merkle root: a tree of scripts without a key, so that nothing but a script spends it. */
export const bip360: Upgrade = {
  id: 'bip360',
  text: 'An output of witness version 2 commits to a tree of scripts and to no key.',
  sources: ['BIP360'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [reveal(assemble('1'), [node(1)]), reveal(assemble('0'), [])],
    rejects: [
      { ...reveal(assemble('0'), [node(1)]), error: 'EVAL_FALSE' },
      {
        ...reveal(assemble('1'), [node(1)]),
        script: `5220${'01'.repeat(32)}`,
        error: 'WITNESS_PROGRAM_MISMATCH',
      },
      { ...reveal(assemble('1'), [node(1)], TAPSCRIPT), error: 'P2MR_CONTROL_BIT' },
      { ...reveal(assemble('1'), [node(1)]), witness: [], error: 'WITNESS_PROGRAM_WITNESS_EMPTY' },
      { ...reveal(assemble('1'), [node(1)]), witness: ['51', 'c1c1'], error: 'TAPROOT_WRONG_CONTROL_SIZE' },
    ],
    generator: (draw) => {
      const path = Array.from({ length: 1 + draw(4) }, () => drawBytes(draw, NODE_BYTES))
      const script = assemble(`<${toHex(drawBytes(draw, 2, 40))}> DROP ${1 + draw(16)}`)
      const annex = Uint8Array.of(ANNEX_TAG, ...drawBytes(draw, 0, 20))
      return {
        accepts: drawFrom(draw, [
          () => reveal(script, path),
          () => reveal(drawBytes(draw, 0, 40), []),
          () => withAnnex(reveal(script, path), annex),
        ]),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...reveal(assemble(`${toHex(script).length} NOT`), path), error: 'EVAL_FALSE' }),
          () => ({ ...reveal(script, path, TAPSCRIPT), error: 'P2MR_CONTROL_BIT' }),
          () => ({
            ...reveal(script, path),
            witness: [toHex(script)],
            error: 'WITNESS_PROGRAM_WITNESS_EMPTY',
          }),
        ]),
      }
    },
  },
  extension: {
    witnessPrograms: [{ version: 2, programBytes: NODE_BYTES, feature: FEATURE, verify }],
  },
}

/** The tree's root is the program; a tree of one leaf is spendable by all who know the leaf. [BIP360 §Script Validation] */
function verify(root: Uint8Array, context: ScriptContext): ScriptErrorName {
  const { witness } = context.transaction.inputs[context.inputIndex]!
  const annex = witness.length >= 3 && witness.at(-1)![0] === ANNEX_TAG ? witness.at(-1) : undefined
  const items = annex === undefined ? witness : witness.slice(0, -1)
  const [script, control] = items.slice(-2)
  if (script === undefined || control === undefined) return 'WITNESS_PROGRAM_WITNESS_EMPTY'
  const depth = (control.length - 1) / NODE_BYTES
  if (!Number.isInteger(depth) || depth < 0 || depth > DEPTH_MAX) return 'TAPROOT_WRONG_CONTROL_SIZE'
  if ((control[0]! & 1) === 0) return 'P2MR_CONTROL_BIT'
  const version = control[0]! & 0xfe
  const hash = tapLeafHash(version, script)
  const path = Array.from({ length: depth }, (_, at) =>
    control.subarray(1 + at * NODE_BYTES).subarray(0, NODE_BYTES),
  )
  if (!equalBytes(tapRoot(hash, path), root)) return 'WITNESS_PROGRAM_MISMATCH'
  if (depth === 0) return 'OK'
  const leaf = { version, script, hash, witnessSize: encodeAll(listOf(varBytes), witness).length }
  const annexHash = annex && sha256(encodeAll(varBytes, annex))
  return judgeLeaf(items.slice(0, -2), { ...context, taproot: { annexHash, leaf } })
}

/** A spend that reveals a leaf and the path to its root. */
function reveal(
  script: Uint8Array,
  path: readonly Uint8Array[],
  control: number = TAPSCRIPT + 1,
): SpendExample {
  const root = tapRoot(tapLeafHash(TAPSCRIPT, script), path)
  const witness = [script, concatBytes(Uint8Array.of(control), ...path)]
  return { script: `5220${toHex(root)}`, witness: witness.map(toHex) }
}

function withAnnex(spend: SpendExample, annex: Uint8Array): SpendExample {
  return { ...spend, witness: [...spend.witness!, toHex(annex)] }
}

function node(byte: number): Uint8Array {
  return new Uint8Array(NODE_BYTES).fill(byte)
}
