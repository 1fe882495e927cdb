import type { Limits } from '../chains/index.ts'
import { toHex } from '../encoding/index.ts'
import { atMost, defineRule, each } from '../language/index.ts'
import type { Constraint, Constraints } from '../script/index.ts'
import { assemble, encodePush, isPayToAnchor, isPayToScriptHash } from '../script/index.ts'
import type { Example, RejectedExample, Upgrade } from '../upgrades/index.ts'
import { about, drawBytes, drawFrom, inTapscript } from '../upgrades/index.ts'
import type { Output } from '../vocabulary/index.ts'
import { sats } from '../vocabulary/index.ts'

const FEATURE = 'REDUCED_DATA'
const DATA_BYTES_MAX = 256
const CONTROL_BLOCK_BYTES_MAX = 257
const SCRIPT_BYTES_MAX = 34
const OP_RETURN_BYTES_MAX = 83
const OP_RETURN = 0x6a
const [OP_IF, OP_NOTIF] = [0x63, 0x64]
const ANNEX_TAG = 0x50
const TAPROOT_BYTES = 32

const outputSize = defineRule<Output, Limits>({
  id: 'bip110-output-size',
  reason: 'bad-txns-vout-script-toolarge',
  isOwnReason: true,
  must: 'An output script MUST NOT have more than 34 bytes, or 83 where it begins with OP_RETURN.',
  sources: ['BIP110 §Specification rule 1'],
  check: ({ script }) =>
    atMost(script[0] === OP_RETURN ? OP_RETURN_BYTES_MAX : SCRIPT_BYTES_MAX, script.length),
})

/** Rules 2 to 7, at the points of the script machine where each can be seen. [BIP110 §Specification] */
const constraints: Constraints = {
  instruction: [
    when(({ data, script, nextOffset }, { transaction, inputIndex, spentOutputs }) => {
      const isRedeemScript =
        script === transaction.inputs[inputIndex]!.scriptSig &&
        nextOffset === script.length &&
        isPayToScriptHash(spentOutputs[inputIndex]!.script)
      return data.length > DATA_BYTES_MAX && !isRedeemScript ? 'PUSH_SIZE' : 'OK'
    }),
    when(({ code, isExecuted }, { sigVersion }) =>
      isExecuted && (code === OP_IF || code === OP_NOTIF) && sigVersion === 'tapscript'
        ? 'TAPSCRIPT_MINIMALIF'
        : 'OK',
    ),
  ],
  witnessStack: [when((items) => (items.some((item) => item.length > DATA_BYTES_MAX) ? 'PUSH_SIZE' : 'OK'))],
  controlBlock: [
    when((bytes) => (bytes.length > CONTROL_BLOCK_BYTES_MAX ? 'TAPROOT_WRONG_CONTROL_SIZE' : 'OK')),
  ],
  witness: [
    when(({ program, isWrapped, witness }) => {
      const { version, program: bytes } = program
      const isTaproot = version === 1 && bytes.length === TAPROOT_BYTES && !isWrapped
      if (isTaproot) return witness.length > 1 && witness.at(-1)![0] === ANNEX_TAG ? 'PUSH_SIZE' : 'OK'
      const isAnchor = isPayToAnchor(program) && !isWrapped && witness.length === 0
      return version === 0 || isAnchor ? 'OK' : 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM'
    }),
  ],
}

const LATER_LEAF = inTapscript(assemble('1'), [], 0xc2)
const PLAIN = inTapscript(assemble('1'))
const WITH_ANNEX = { ...PLAIN, witness: [...PLAIN.witness!, '50'] }
const paying = (bytes: number, first = 0) => ({
  value: sats(0),
  script: Uint8Array.of(first, ...new Uint8Array(bytes - 1)),
})

/** BIP110 as it was deployed and failed: limits on data for a year, coins from before it left alone. */
export const bip110: Upgrade = {
  id: 'bip110',
  text: 'For a year, output scripts, pushed data and taproot trees are limited in size, and what is kept for upgrades cannot be used.',
  sources: ['BIP110'],
  deployment: {
    kind: 'expiring',
    bit: 4,
    startTime: 1_764_547_200,
    threshold: 1109,
    window: 2016,
    maxActivationHeight: 965_664,
    activeBlocks: 52_416,
  },
  features: [FEATURE, 'DISCOURAGE_OP_SUCCESS', 'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION'],
  sparesOlderCoins: true,
  adds: {
    block: [
      each('output', ({ block }) => block.transactions.flatMap(({ outputs }) => outputs), [outputSize]),
    ],
  },
  examples: {
    accepts: [
      inTapscript(assemble(`<${'00'.repeat(256)}> DROP 1`)),
      about(outputSize, paying(34)),
      about(outputSize, paying(83, OP_RETURN)),
    ],
    rejects: [
      { ...inTapscript(assemble(`<${'00'.repeat(257)}> DROP 1`)), error: 'PUSH_SIZE' },
      { ...inTapscript(assemble('1 IF 1 ENDIF')), error: 'TAPSCRIPT_MINIMALIF' },
      { ...inTapscript(assemble('0 NOTIF 1 ENDIF')), error: 'TAPSCRIPT_MINIMALIF' },
      { ...WITH_ANNEX, error: 'PUSH_SIZE' },
      { ...inTapscript(assemble('DROP 1'), [new Uint8Array(257)]), error: 'PUSH_SIZE' },
      { ...inTapscript(assemble('0xfe')), error: 'DISCOURAGE_OP_SUCCESS' },
      { script: '51024e73', witness: [''], error: 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM' },
      { ...LATER_LEAF, error: 'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION' },
      about(outputSize, paying(35)),
      about(outputSize, paying(84, OP_RETURN)),
    ],
    generator: (draw) => {
      const long = toHex(drawBytes(draw, DATA_BYTES_MAX + 1, 520))
      return {
        accepts: drawFrom<Example>(draw, [
          () => about(outputSize, paying(1 + draw(34))),
          () => about(outputSize, paying(1 + draw(83), OP_RETURN)),
          () => inTapscript(assemble(`<${toHex(drawBytes(draw, 2, 256))}> DROP 1`)),
        ]),
        rejects: drawFrom<RejectedExample>(draw, [
          () => about(outputSize, paying(35 + draw(100))),
          () => ({ ...inTapscript(assemble(`<${long}> DROP 1`)), error: 'PUSH_SIZE' }),
          () => ({
            // A program of zeros is false by itself.
            script: `52${toHex(encodePush(Uint8Array.of(1, ...drawBytes(draw, 1, 39))))}`,
            error: 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
          }),
          () => ({ ...inTapscript(assemble('0xfe')), error: 'DISCOURAGE_OP_SUCCESS' }),
          () => ({ ...LATER_LEAF, error: 'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION' }),
        ]),
      }
    },
  },
  extension: { constraints },
}

function when<Subject>(check: Constraint<Subject>['check']): Constraint<Subject> {
  return { features: [FEATURE], check }
}
