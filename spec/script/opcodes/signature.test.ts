import { schnorr } from '@noble/curves/secp256k1.js'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { sats } from '../../vocabulary/index.ts'
import { assemble } from '../assemble.ts'
import type { Feature } from '../features.ts'
import { legacySignatureHash } from '../sighash/legacy.ts'
import { taprootSignatureHash } from '../sighash/taproot.ts'
import { witnessV0SignatureHash } from '../sighash/witness-v0.ts'
import type { TestSpend } from '../testing.ts'
import {
  judge,
  payToLeaf,
  publicKey,
  secretKey,
  signEcdsa,
  spendTapscript,
  spendWitnessScript,
  spentOutputOf,
  transactionOf,
  xOnlyKey,
} from '../testing.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const key = `<${hex(publicKey)}>`
const other = `<02${'11'.repeat(32)}>`
const xKey = `<${hex(xOnlyKey)}>`
const BAD = '<300602010102010101>'

/** A legacy output spent by signatures over one script code; `$` stands for the signature. */
function legacy(
  script: string,
  scriptSig: string,
  signedCode = script,
  features: readonly Feature[] = [],
): string {
  const hash = legacySignatureHash(transactionOf({}), 0, assemble(signedCode), 1)
  const signature = `<${hex(signEcdsa(hash))}>`
  return judge({
    output: assemble(script),
    scriptSig: assemble(scriptSig.replaceAll('$', signature)),
    features,
  })
}

describe('OP_CHECKSIG', () => {
  it('leaves whether the key signed', () => {
    expect(legacy(`${key} CHECKSIG`, '$')).toBe('OK')
    expect(legacy(`${other} CHECKSIG NOT`, '$')).toBe('OK')
    expect(legacy(`${key} CHECKSIG NOT`, '0')).toBe('OK')
    expect(legacy(`${key} CHECKSIGVERIFY 1`, '0')).toBe('CHECKSIGVERIFY')
    expect(legacy('CHECKSIG', '$')).toBe('INVALID_STACK_OPERATION')
  })

  it('commits to what follows the last OP_CODESEPARATOR that was executed', () => {
    expect(legacy(`CODESEPARATOR ${key} CHECKSIG`, '$', `${key} CHECKSIG`)).toBe('OK')
    expect(legacy(`1 IF CODESEPARATOR ENDIF ${key} CHECKSIG`, '$', `ENDIF ${key} CHECKSIG`)).toBe('OK')
    expect(legacy(`0 IF CODESEPARATOR ENDIF ${key} CHECKSIG`, '$', `0 IF ENDIF ${key} CHECKSIG`)).toBe('OK')
    expect(legacy(`${key} CODESEPARATOR CHECKSIG`, '$', `${key} CHECKSIG`)).toBe('EVAL_FALSE')
  })

  it('OP_CHECKSIGADD is unknown before tapscript', () => {
    expect(legacy(`0 ${key} CHECKSIGADD`, '$')).toBe('BAD_OPCODE')
  })
})

describe('OP_CHECKMULTISIG', () => {
  it.each([
    [`1 ${other} ${key} 2 CHECKMULTISIG`, '0 $', 'OK'],
    [`1 ${key} ${other} 2 CHECKMULTISIG`, '0 $', 'OK'],
    [`2 ${key} ${key} 2 CHECKMULTISIG`, '0 $ $', 'OK'],
    [`2 ${other} ${key} 2 CHECKMULTISIG`, '0 $ $', 'EVAL_FALSE'],
    ['0 0 CHECKMULTISIG', '0', 'OK'],
    [`0 ${key} 1 CHECKMULTISIG`, '0', 'OK'],
    [`1 ${key} 1 CHECKMULTISIG`, '$', 'INVALID_STACK_OPERATION'],
    [`2 ${key} 1 CHECKMULTISIG`, '0 $ $', 'SIG_COUNT'],
    ['-1 0 CHECKMULTISIG', '0', 'SIG_COUNT'],
    ['-1 CHECKMULTISIG', '0', 'PUBKEY_COUNT'],
    ['1 CHECKMULTISIG', '', 'INVALID_STACK_OPERATION'],
    [`1 ${other} 1 CHECKMULTISIGVERIFY`, '0 $', 'CHECKMULTISIGVERIFY'],
  ])('%s spent by %s: %s', (script, scriptSig, error) => {
    expect(legacy(script, scriptSig)).toBe(error)
  })

  it('the item in excess may be anything but by NULLDUMMY', () => {
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '5 $')).toBe('OK')
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '5 $', undefined, ['NULLDUMMY'])).toBe('SIG_NULLDUMMY')
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '0 $', undefined, ['NULLDUMMY'])).toBe('OK')
  })

  it('the item in excess must be there before a signature is looked at', () => {
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '0', undefined, ['DERSIG'])).toBe('INVALID_STACK_OPERATION')
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '<01>', undefined, ['DERSIG'])).toBe('INVALID_STACK_OPERATION')
    expect(legacy(`1 ${key} 1 CHECKMULTISIG`, '0 <01>', undefined, ['DERSIG'])).toBe('SIG_DER')
  })
  it('NULLFAIL asks all signatures of a failed check to be empty, before the dummy is looked at', () => {
    const script = `2 ${key} ${key} 2 CHECKMULTISIG NOT`
    expect(legacy(script, '5 0 0', undefined, ['NULLFAIL'])).toBe('OK')
    expect(legacy(script, `5 0 ${BAD}`, undefined, ['NULLFAIL', 'NULLDUMMY'])).toBe('NULLFAIL')
    expect(legacy(script, `5 ${BAD} 0`, undefined, ['NULLFAIL', 'NULLDUMMY'])).toBe('NULLFAIL')
  })

  it('encodings are judged only of the pairs that are reached, from the top down', () => {
    const wrongKeyLast = `1 <05> ${key} 2 CHECKMULTISIG`
    const wrongKeyFirst = `1 ${key} <05> 2 CHECKMULTISIG`
    expect(legacy(wrongKeyLast, '0 $', undefined, ['STRICTENC'])).toBe('OK')
    expect(legacy(wrongKeyFirst, '0 $', undefined, ['STRICTENC'])).toBe('PUBKEYTYPE')
  })
})

describe('witness v0', () => {
  it('signs the value, and the whole script code', () => {
    const script = `CODESEPARATOR ${key} CHECKSIG`
    const signedAt = (value: number, code: string): TestSpend => {
      const hash = witnessV0SignatureHash(transactionOf({}), 0, assemble(code), 1, sats(value))
      return spendWitnessScript(script, [signEcdsa(hash)], { value: 5 })
    }
    expect(judge(signedAt(5, `${key} CHECKSIG`))).toBe('OK')
    expect(judge(signedAt(6, `${key} CHECKSIG`))).toBe('EVAL_FALSE')
    expect(judge(signedAt(5, script))).toBe('EVAL_FALSE')
  })

  it('a program of 20 bytes asks for a key of this hash and its signature, and nothing else', () => {
    const keyHash = ripemd160(sha256(publicKey))
    const output = assemble(`0 <${hex(keyHash)}>`)
    const code = assemble(`DUP HASH160 <${hex(keyHash)}> EQUALVERIFY CHECKSIG`)
    const signature = signEcdsa(witnessV0SignatureHash(transactionOf({}), 0, code, 1, sats(0)))
    const spend = (...witness: Uint8Array[]) => judge({ output, witness, features: ['P2SH', 'WITNESS'] })
    expect(spend(signature, publicKey)).toBe('OK')
    expect(spend(signature, xOnlyKey)).toBe('EQUALVERIFY')
    expect(spend(new Uint8Array(), publicKey)).toBe('EVAL_FALSE')
    expect(spend(publicKey)).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(signature, signature, publicKey)).toBe('WITNESS_PROGRAM_MISMATCH')
  })
})

describe('tapscript', () => {
  /** Spends by a signature over the leaf; `separator` is the position it commits to. */
  function signed(
    script: string,
    separator = 0xffffffff,
    items = (signature: Uint8Array) => [signature],
  ): string {
    const spend = spendTapscript(script)
    const tapscript = {
      leafHash: payToLeaf(assemble(script)).leafHash,
      codeSeparatorPosition: separator,
      keyVersion: 0,
    }
    const hash = taprootSignatureHash({
      transaction: transactionOf(spend),
      inputIndex: 0,
      spentOutputs: [spentOutputOf(spend)],
      hashType: 0,
      tapscript,
    })
    return judge(spendTapscript(script, items(schnorr.sign(hash!, secretKey))))
  }

  it('OP_CHECKSIG fails the script on a signature that is wrong, and says no to an empty one', () => {
    expect(signed(`${xKey} CHECKSIG`)).toBe('OK')
    expect(signed(`${xKey} CHECKSIG`, 0)).toBe('SCHNORR_SIG')
    expect(signed(`${xKey} CHECKSIG NOT`, 0, () => [new Uint8Array()])).toBe('OK')
    expect(signed(`${xKey} CHECKSIG NOT`, 0, () => [Uint8Array.of(1)])).toBe('SCHNORR_SIG_SIZE')
  })

  it('signatures commit to the position of the last OP_CODESEPARATOR', () => {
    expect(signed(`NOP CODESEPARATOR ${xKey} CHECKSIG`, 1)).toBe('OK')
    expect(signed(`NOP CODESEPARATOR ${xKey} CHECKSIG`, 2)).toBe('SCHNORR_SIG')
    expect(signed(`0 IF CODESEPARATOR ENDIF ${xKey} CHECKSIG`)).toBe('OK')
  })

  it('OP_CHECKSIGADD counts', () => {
    expect(signed(`5 ${xKey} CHECKSIGADD 6 NUMEQUAL`)).toBe('OK')
    expect(signed(`5 ${xKey} CHECKSIGADD 5 NUMEQUAL`, 0, () => [new Uint8Array()])).toBe('OK')
    expect(signed(`<0000000000> ${xKey} CHECKSIGADD`)).toBe('SCRIPTNUM')
    expect(signed(`${xKey} CHECKSIGADD`)).toBe('INVALID_STACK_OPERATION')
  })

  it('keys of unknown length are satisfied by anything that is given', () => {
    expect(signed('<01> CHECKSIG', 0, () => [Uint8Array.of(1)])).toBe('OK')
    expect(signed('<01> CHECKSIG NOT', 0, () => [new Uint8Array()])).toBe('OK')
  })
})
