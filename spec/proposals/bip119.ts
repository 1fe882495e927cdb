import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Format } from '../encoding/index.ts'
import { encodeAll, outputFormat, toHex, uint32, varBytes } from '../encoding/index.ts'
import { encodePush, fail } from '../script/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, spenderOf } from '../upgrades/index.ts'
import type { Transaction } from '../vocabulary/index.ts'

const FEATURE = 'DEFAULT_CHECK_TEMPLATE_VERIFY_HASH'
const HASH_BYTES = 32

/** OP_CHECKTEMPLATEVERIFY: an output may say which transaction spends it. */
export const bip119: Upgrade = {
  id: 'bip119',
  text: 'A script may demand that the transaction which spends it has a given template: everything but the outpoints it spends.',
  sources: ['BIP119'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [{ script: '51b3' }],
    rejects: [{ script: `20${'01'.repeat(32)}b3`, error: 'TEMPLATE_MISMATCH' }],
    generator: (draw) => {
      const spend = { sequence: draw(2 ** 31), lockTime: draw(2 ** 31) }
      const template = templateHash(spenderOf(spend), 0)
      const script = `20${toHex(template)}b3`
      return {
        accepts: drawFrom(draw, [
          () => ({ ...spend, script }),
          () => ({ script: `${toHex(encodePush(drawBytes(draw, 1, 31)))}51b3` }),
        ]),
        rejects: drawFrom(draw, [
          () => ({ ...spend, sequence: spend.sequence + 1, script, error: 'TEMPLATE_MISMATCH' }),
          () => ({ ...spend, lockTime: spend.lockTime + 1, script, error: 'TEMPLATE_MISMATCH' }),
          () => ({ ...spend, script: `20${toHex(drawBytes(draw, 32))}b3`, error: 'TEMPLATE_MISMATCH' }),
        ]),
      }
    },
  },
  extension: {
    opcodes: [
      {
        slot: 'NOP4',
        name: 'OP_CHECKTEMPLATEVERIFY',
        feature: FEATURE,
        execute({ stack, context }) {
          const wanted = stack.peek()
          const { transaction, inputIndex, features } = context
          if (wanted.length === HASH_BYTES) {
            if (toHex(wanted) !== toHex(templateHash(transaction, inputIndex))) fail('TEMPLATE_MISMATCH')
          } else if (features.has('DISCOURAGE_UPGRADABLE_NOPS')) fail('DISCOURAGE_UPGRADABLE_NOPS')
        },
      },
    ],
  },
}

/** What a template commits to; input scripts only where there are any. [BIP119 §DefaultCheckTemplateVerifyHash] */
function templateHash({ version, lockTime, inputs, outputs }: Transaction, inputIndex: number): Uint8Array {
  const number = (value: number) => encodeAll(uint32, value)
  const scriptSigs = inputs.map((input) => input.scriptSig)
  return sha256(
    concatBytes(
      number(version),
      number(lockTime),
      scriptSigs.some((script) => script.length > 0) ? hashOfAll(varBytes, scriptSigs) : new Uint8Array(),
      number(inputs.length),
      hashOfAll(
        uint32,
        inputs.map((input) => input.sequence),
      ),
      number(outputs.length),
      hashOfAll(outputFormat, outputs),
      number(inputIndex),
    ),
  )
}

function hashOfAll<Value>(format: Format<Value>, values: readonly Value[]): Uint8Array {
  return sha256(concatBytes(...values.map((value) => encodeAll(format, value))))
}
