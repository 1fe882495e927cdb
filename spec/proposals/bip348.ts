import { schnorr } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Machine } from '../script/index.ts'
import { assemble, encodePush, fail, payForCheck, verifySchnorr } from '../script/index.ts'
import type { RejectedSpend, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, inTapscript } from '../upgrades/index.ts'

const FEATURE = 'CHECKSIGFROMSTACK'
const OP_CHECKSIGFROMSTACK = 0xcc
const KEY_BYTES = 32

/** OP_CHECKSIGFROMSTACK: a tapscript checks a signature of any message. */
export const bip348: Upgrade = {
  id: 'bip348',
  text: 'A tapscript may check a Schnorr signature of a message on its stack.',
  sources: ['BIP348'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [inTapscript(assemble('0 <aa> <0102> 0xcc NOT'))],
    rejects: [
      { ...inTapscript(assemble('1 1 0xcc')), error: 'INVALID_STACK_OPERATION' },
      { ...inTapscript(assemble('<01> <aa> 0 0xcc')), error: 'TAPSCRIPT_EMPTY_PUBKEY' },
      { ...inTapscript(assemble(`<01> <aa> <${'79'.repeat(32)}> 0xcc`)), error: 'SCHNORR_SIG' },
      {
        ...inTapscript(assemble(`${'<01> <aa> <0102> 0xcc DROP '.repeat(30)} 1`)),
        error: 'TAPSCRIPT_VALIDATION_WEIGHT',
      },
    ],
    generator: (draw) => {
      const secret = Uint8Array.of(...drawBytes(draw, 31), 1)
      const [message, other] = [drawBytes(draw, 1, 100), drawBytes(draw, 2, 31)]
      const signature = schnorr.sign(message, secret, new Uint8Array(KEY_BYTES))
      const [flipped, key] = [signature.map((byte) => byte ^ 1), schnorr.getPublicKey(secret)]
      const check = (publicKey: Uint8Array, signed: Uint8Array) =>
        concatBytes(encodePush(signed), encodePush(publicKey), Uint8Array.of(OP_CHECKSIGFROMSTACK))
      return {
        accepts: drawFrom(draw, [
          () => inTapscript(check(key, message), [signature]),
          () => inTapscript(check(other, message), [drawBytes(draw, 1, 80)]),
        ]),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...inTapscript(check(key, message), [flipped]), error: 'SCHNORR_SIG' }),
          () => ({ ...inTapscript(check(key, other), [signature.slice(1)]), error: 'SCHNORR_SIG' }),
          () => ({ ...inTapscript(check(key, message), [new Uint8Array()]), error: 'EVAL_FALSE' }),
        ]),
      }
    },
  },
  extension: {
    opcodes: [
      { slot: 'OP_SUCCESS204', name: 'OP_CHECKSIGFROMSTACK', feature: FEATURE, execute: checkFromStack },
    ],
  },
}

/** ( signature message publicKey -- 1 or nothing ): an empty signature is a no, keys of other lengths are satisfied by anything. [BIP348 §Specification] */
function checkFromStack(machine: Machine): void {
  const [signature, message, publicKey] = machine.stack.take(3) as [Uint8Array, Uint8Array, Uint8Array]
  if (publicKey.length === 0) fail('TAPSCRIPT_EMPTY_PUBKEY')
  if (signature.length > 0) {
    payForCheck(machine)
    if (publicKey.length !== KEY_BYTES) refuseIfDiscouraged(machine)
    else if (!verifySchnorr(publicKey, message, signature)) fail('SCHNORR_SIG')
  }
  machine.stack.push(signature.length > 0 ? Uint8Array.of(1) : new Uint8Array())
}

function refuseIfDiscouraged({ context }: Machine): void {
  if (context.features.has('DISCOURAGE_UPGRADABLE_PUBKEYTYPE')) fail('DISCOURAGE_UPGRADABLE_PUBKEYTYPE')
}
