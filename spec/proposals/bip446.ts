import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, toHex, uint32 } from '../encoding/index.ts'
import type { ScriptContext } from '../script/index.ts'
import { encodePush, outputsHash, sequencesHash, taggedHash } from '../script/index.ts'
import type { RejectedSpend, SpendExample, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, inTapscript, spenderOf } from '../upgrades/index.ts'
import type { Transaction } from '../vocabulary/index.ts'

const FEATURE = 'TEMPLATEHASH'
const OP_TEMPLATEHASH = 0xce
const OP_EQUAL = 0x87

/** OP_TEMPLATEHASH: a tapscript asks for a hash of the transaction that spends it. */
export const bip446: Upgrade = {
  id: 'bip446',
  text: 'A tapscript may push a hash of the transaction that spends it, of all but what it spends.',
  sources: ['BIP446'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [demands(hashFor({}))],
    rejects: [{ ...demands(new Uint8Array(32)), error: 'EVAL_FALSE' }],
    generator: (draw) => {
      const spend = { sequence: 2 ** 31 + draw(2 ** 31 - 2), lockTime: draw(100) }
      const annex = Uint8Array.of(0x50, ...drawBytes(draw, 0, 40))
      const wanted = demands(hashFor(spend))
      return {
        accepts: { ...spend, ...wanted },
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...spend, sequence: spend.sequence + 1, ...wanted, error: 'EVAL_FALSE' }),
          () => ({ ...spend, lockTime: spend.lockTime + 1, ...wanted, error: 'EVAL_FALSE' }),
          () => ({ ...spend, ...withAnnex(wanted, annex), error: 'EVAL_FALSE' }),
          () => ({ ...spend, ...demands(drawBytes(draw, 32)), error: 'EVAL_FALSE' }),
        ]),
      }
    },
  },
  extension: {
    opcodes: [
      {
        slot: 'OP_SUCCESS206',
        name: 'OP_TEMPLATEHASH',
        feature: FEATURE,
        execute: ({ stack, context }) => stack.push(templateHash(context)),
      },
    ],
  },
}

/** What the hash commits to. [BIP446 §Specification] */
function templateHash({ transaction, inputIndex, taproot }: Committed): Uint8Array {
  const annexHash = taproot?.annexHash
  return taggedHash(
    'TemplateHash',
    encodeAll(uint32, transaction.version),
    encodeAll(uint32, transaction.lockTime),
    sequencesHash(transaction),
    outputsHash(transaction),
    Uint8Array.of(annexHash === undefined ? 0 : 1),
    encodeAll(uint32, inputIndex),
    annexHash ?? new Uint8Array(),
  )
}

type Committed = Pick<ScriptContext, 'transaction' | 'inputIndex' | 'taproot'>

function hashFor(spend: Omit<SpendExample, 'script'>): Uint8Array {
  const transaction: Transaction = spenderOf(spend)
  return templateHash({ transaction, inputIndex: 0 })
}

function demands(hash: Uint8Array) {
  return inTapscript(concatBytes(Uint8Array.of(OP_TEMPLATEHASH), encodePush(hash), Uint8Array.of(OP_EQUAL)))
}

function withAnnex<Spend extends SpendExample>(spend: Spend, annex: Uint8Array): Spend {
  return { ...spend, witness: [...(spend.witness ?? []), toHex(annex)] }
}
