import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, toHex, uint32, varBytes } from '../encoding/index.ts'
import type { Feature } from '../script/index.ts'
import { encodePush, fail, outputsHash, sequencesHash } from '../script/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, spenderOf } from '../upgrades/index.ts'
import type { Transaction } from '../vocabulary/index.ts'

const FEATURE = 'DEFAULT_CHECK_TEMPLATE_VERIFY_HASH'
const HASH_BYTES = 32
/** The feature, by the BIP's name and by Inquisition's, and the policies that leave arguments of other lengths to later upgrades. */
const LEFT_TO_UPGRADES = 'DISCOURAGE_UPGRADABLE_CHECK_TEMPLATE_VERIFY_HASH'
const POLICIES: readonly (readonly [Feature, readonly Feature[]])[] = [
  [FEATURE, ['DISCOURAGE_UPGRADABLE_NOPS', LEFT_TO_UPGRADES]],
  ['CHECK_TEMPLATE_VERIFY_HASH', [LEFT_TO_UPGRADES]],
]

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
      const spend = { sequence: 2 ** 31 + draw(2 ** 31 - 2), lockTime: draw(100) }
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
    opcodes: POLICIES.map(([feature, policies]) => ({
      slot: 'NOP4',
      name: 'OP_CHECKTEMPLATEVERIFY',
      feature,
      execute({ stack, context }) {
        const wanted = stack.peek()
        const { transaction, inputIndex, features } = context
        if (wanted.length === HASH_BYTES) {
          if (toHex(wanted) !== toHex(templateHash(transaction, inputIndex))) fail('TEMPLATE_MISMATCH')
        } else for (const policy of policies) if (features.has(policy)) fail(policy)
      },
    })),
  },
}

/** What a template commits to; input scripts only where there are any. [BIP119 §DefaultCheckTemplateVerifyHash] */
function templateHash(transaction: Transaction, inputIndex: number): Uint8Array {
  const { version, lockTime, inputs, outputs } = transaction
  const number = (value: number) => encodeAll(uint32, value)
  const scriptSigs = inputs.map((input) => encodeAll(varBytes, input.scriptSig))
  const isScripted = inputs.some((input) => input.scriptSig.length > 0)
  return sha256(
    concatBytes(
      number(version),
      number(lockTime),
      isScripted ? sha256(concatBytes(...scriptSigs)) : new Uint8Array(),
      number(inputs.length),
      sequencesHash(transaction),
      number(outputs.length),
      outputsHash(transaction),
      number(inputIndex),
    ),
  )
}
