import { secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { coin, crypto, hex, judge, script, spendOf } from '../testing/script-engine.ts'
import { bytesToHex, concatBytes } from '../wire/index.ts'
import type { FlagName } from './flags.ts'
import { encodePush } from './script-walk.ts'
import { signatureHashLegacy } from './sighash/legacy.ts'
import { TxDigests } from './sighash/tx-digests.ts'
import { signatureHashWitnessV0 } from './sighash/witness-v0.ts'

const SECRETS = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array, Uint8Array]
const KEYS = SECRETS.map((secret) => secp256k1.getPublicKey(secret, true)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
]
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const der = (hash: Uint8Array, secret: Uint8Array, hashType: number, options: { highS?: boolean } = {}) => {
  const low = secp256k1.Signature.fromBytes(
    secp256k1.sign(hash, secret, { prehash: false, format: 'compact' }),
    'compact',
  )
  const signature = options.highS ? new secp256k1.Signature(low.r, ORDER - low.s) : low
  return concatBytes(signature.toBytes('der'), Uint8Array.of(hashType))
}

/** A signature over the one-input spend of the test kit. */
const signLegacy = (code: Uint8Array, secret = SECRETS[0], hashType = 1, options = {}) => {
  const digests = new TxDigests(spendOf({}), [coin(code)], crypto)
  return der(signatureHashLegacy(digests, 0, code, hashType), secret, hashType, options)
}
const signWitness = (code: Uint8Array, secret = SECRETS[0], hashType = 1) => {
  const digests = new TxDigests(spendOf({}), [coin(code)], crypto)
  return der(signatureHashWitnessV0(digests, 0, code, hashType, 1000), secret, hashType)
}
const pushes = (...items: Uint8Array[]) => concatBytes(...items.map(encodePush))
const x = (bytes: Uint8Array) => `<${bytesToHex(bytes)}>`

const CONSENSUS: readonly FlagName[] = ['P2SH', 'DERSIG', 'WITNESS', 'NULLDUMMY', 'TAPROOT']

describe('CHECKSIG before witnesses', () => {
  const lock = script(`${x(KEYS[0])} CHECKSIG`)

  it('accepts a right signature of any hash type, and no other', () => {
    for (const hashType of [1, 2, 3, 0x81, 0x82, 0x83, 0, 0x50])
      expect(
        judge(lock, { scriptSig: pushes(signLegacy(lock, SECRETS[0], hashType)) }),
        String(hashType),
      ).toBe('OK')
    expect(judge(lock, { scriptSig: pushes(signLegacy(lock, SECRETS[1])) })).toBe('EVAL_FALSE')
    expect(judge(lock, { scriptSig: script('0') })).toBe('EVAL_FALSE')
  })

  it('judges form by flags: DERSIG, LOW_S, STRICTENC, NULLFAIL', () => {
    const padded = signLegacy(lock)
    const longForm = concatBytes(Uint8Array.of(0x30, 0x81, padded[1]!), padded.subarray(2))
    expect(judge(lock, { scriptSig: pushes(longForm) })).toBe('OK')
    expect(judge(lock, { scriptSig: pushes(longForm) }, ['DERSIG'])).toBe('SIG_DER')
    const high = signLegacy(lock, SECRETS[0], 1, { highS: true })
    expect(judge(lock, { scriptSig: pushes(high) }, ['DERSIG'])).toBe('OK')
    expect(judge(lock, { scriptSig: pushes(high) }, ['LOW_S'])).toBe('SIG_HIGH_S')
    const odd = signLegacy(lock, SECRETS[0], 0x50)
    expect(judge(lock, { scriptSig: pushes(odd) }, ['STRICTENC'])).toBe('SIG_HASHTYPE')
    const wrong = signLegacy(lock, SECRETS[1])
    expect(judge(lock, { scriptSig: pushes(wrong) }, ['NULLFAIL'])).toBe('NULLFAIL')
    expect(judge(lock, { scriptSig: script('0') }, ['NULLFAIL'])).toBe('EVAL_FALSE')
  })

  it('accepts hybrid keys unless STRICTENC is on', () => {
    const whole = secp256k1.getPublicKey(SECRETS[0], false)
    const hybrid = whole.slice()
    hybrid[0] = 6 + (whole[64]! & 1)
    const hybridLock = script(`${x(hybrid)} CHECKSIG`)
    const spend = { scriptSig: pushes(signLegacy(hybridLock)) }
    expect(judge(hybridLock, spend)).toBe('OK')
    expect(judge(hybridLock, spend, ['STRICTENC'])).toBe('PUBKEYTYPE')
  })

  it('signs from the last executed CODESEPARATOR on', () => {
    const locked = script(`NOP CODESEPARATOR ${x(KEYS[0])} CHECKSIG`)
    const signed = script(`${x(KEYS[0])} CHECKSIG`)
    expect(judge(locked, { scriptSig: pushes(signLegacy(signed)) })).toBe('OK')
    expect(judge(locked, { scriptSig: pushes(signLegacy(signed)) }, ['CONST_SCRIPTCODE'])).toBe(
      'OP_CODESEPARATOR',
    )
    const skipped = script(`0 IF CODESEPARATOR ENDIF ${x(KEYS[0])} CHECKSIG`)
    const whole = script(`0 IF ENDIF ${x(KEYS[0])} CHECKSIG`)
    expect(judge(skipped, { scriptSig: pushes(signLegacy(whole)) })).toBe('OK')
  })

  it('does not sign a signature that stands in the script', () => {
    const bare = script(`DROP ${x(KEYS[0])} CHECKSIG`)
    const signature = signLegacy(bare)
    const holding = concatBytes(encodePush(signature), bare)
    expect(judge(holding, { scriptSig: pushes(signature) })).toBe('OK')
    expect(judge(holding, { scriptSig: pushes(signature) }, ['CONST_SCRIPTCODE'])).toBe('SIG_FINDANDDELETE')
  })

  it('CHECKSIGVERIFY fails by its own name', () => {
    const verify = script(`${x(KEYS[0])} CHECKSIGVERIFY 1`)
    expect(judge(verify, { scriptSig: pushes(signLegacy(verify)) })).toBe('OK')
    expect(judge(verify, { scriptSig: script('0') })).toBe('CHECKSIGVERIFY')
  })
})

describe('CHECKMULTISIG', () => {
  const lock = script(`2 ${KEYS.map(x).join(' ')} 3 CHECKMULTISIG`)
  const [a, b, c] = SECRETS.map((secret) => signLegacy(lock, secret)) as [Uint8Array, Uint8Array, Uint8Array]
  const spend = (...signatures: Uint8Array[]) => ({
    scriptSig: concatBytes(script('0'), pushes(...signatures)),
  })

  it('wants signatures in the order of the keys, each key once', () => {
    for (const pair of [
      [a, b],
      [a, c],
      [b, c],
    ] as const)
      expect(judge(lock, spend(...pair))).toBe('OK')
    for (const pair of [
      [b, a],
      [a, a],
      [c, c],
    ] as const)
      expect(judge(lock, spend(...pair))).toBe('EVAL_FALSE')
  })

  it('lets each signature choose its hash type', () => {
    const none = signLegacy(lock, SECRETS[1], 2)
    expect(judge(lock, spend(a, none))).toBe('OK')
    none[none.length - 1] = 1
    expect(judge(lock, spend(a, none))).toBe('EVAL_FALSE')
  })

  it('needs the dummy, empty under NULLDUMMY', () => {
    expect(judge(lock, { scriptSig: pushes(a, b) })).toBe('INVALID_STACK_OPERATION')
    const dummy = { scriptSig: concatBytes(script('1'), pushes(a, b)) }
    expect(judge(lock, dummy)).toBe('OK')
    expect(judge(lock, dummy, ['NULLDUMMY'])).toBe('SIG_NULLDUMMY')
  })

  it('fails outright on a signature of a wrong form, even under NOT', () => {
    const not = script(`1 ${x(KEYS[0])} 1 CHECKMULTISIG NOT`)
    const wrong = { scriptSig: script('0 <3000>') }
    expect(judge(not, wrong)).toBe('OK')
    expect(judge(not, wrong, ['DERSIG'])).toBe('SIG_DER')
    expect(judge(not, { scriptSig: script('0 0') }, ['DERSIG', 'NULLFAIL'])).toBe('OK')
    expect(judge(not, wrong, ['NULLFAIL'])).toBe('NULLFAIL')
  })

  it('bounds its counts', () => {
    expect(judge(script('0 0 0 CHECKMULTISIG'), {})).toBe('OK')
    expect(judge(script('0 0 21 CHECKMULTISIG'), {})).toBe('PUBKEY_COUNT')
    expect(judge(script('0 0 -1 CHECKMULTISIG'), {})).toBe('PUBKEY_COUNT')
    expect(judge(script('0 0 2 <aa> 1 CHECKMULTISIG'), {})).toBe('SIG_COUNT')
    expect(judge(script('0 -1 0 CHECKMULTISIG'), {})).toBe('SIG_COUNT')
    expect(judge(script(`0 0 1 ${x(KEYS[0])} 1 CHECKMULTISIGVERIFY 1`), {})).toBe('CHECKMULTISIGVERIFY')
  })
})

describe('P2SH', () => {
  const redeem = script('1 EQUAL')
  const lock = script(`HASH160 ${x(crypto.hash160(redeem))} EQUAL`)

  it('runs the redeem script, and asks for pushes only', () => {
    expect(judge(lock, { scriptSig: concatBytes(script('1'), encodePush(redeem)) }, ['P2SH'])).toBe('OK')
    expect(judge(lock, { scriptSig: concatBytes(script('2'), encodePush(redeem)) }, ['P2SH'])).toBe(
      'EVAL_FALSE',
    )
    expect(judge(lock, { scriptSig: concatBytes(script('2'), encodePush(redeem)) })).toBe('OK')
    expect(judge(lock, { scriptSig: concatBytes(script('1 NOP'), encodePush(redeem)) }, ['P2SH'])).toBe(
      'SIG_PUSHONLY',
    )
    expect(judge(lock, { scriptSig: encodePush(redeem) }, ['P2SH'])).toBe('INVALID_STACK_OPERATION')
  })
})

describe('witness version 0', () => {
  const keyHash = script(`0 ${x(crypto.hash160(KEYS[0]))}`)
  const keyHashCode = script(`DUP HASH160 ${x(crypto.hash160(KEYS[0]))} EQUALVERIFY CHECKSIG`)
  const witness = [signWitness(keyHashCode), KEYS[0]]
  const inner = script(`CODESEPARATOR ${x(KEYS[1])} CHECKSIG`)
  const scriptHash = script(`0 ${x(crypto.sha256(inner))}`)

  it('P2WPKH', () => {
    expect(judge(keyHash, { witness }, CONSENSUS)).toBe('OK')
    expect(judge(keyHash, { witness }, [...CONSENSUS, 'CLEANSTACK'])).toBe('OK')
    expect(judge(keyHash, { witness: [signWitness(keyHashCode, SECRETS[1]), KEYS[0]] }, CONSENSUS)).toBe(
      'EVAL_FALSE',
    )
    expect(judge(keyHash, { witness: [...witness, KEYS[0]] }, CONSENSUS)).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(judge(keyHash, { witness: [witness[0]!, KEYS[1]] }, CONSENSUS)).toBe('EQUALVERIFY')
    expect(judge(keyHash, { witness, scriptSig: script('0') }, CONSENSUS)).toBe('WITNESS_MALLEATED')
    expect(judge(keyHash, {}, ['P2SH'])).toBe('OK')
  })

  it('P2WSH signs behind the CODESEPARATOR', () => {
    const code = script(`${x(KEYS[1])} CHECKSIG`)
    expect(judge(scriptHash, { witness: [signWitness(code, SECRETS[1]), inner] }, CONSENSUS)).toBe('OK')
    expect(judge(scriptHash, { witness: [] }, CONSENSUS)).toBe('WITNESS_PROGRAM_WITNESS_EMPTY')
    expect(judge(scriptHash, { witness: [code] }, CONSENSUS)).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(judge(scriptHash, { witness: [hex('01'), signWitness(code, SECRETS[1]), inner] }, CONSENSUS)).toBe(
      'CLEANSTACK',
    )
  })

  it('elements of a witness have at most 520 bytes', () => {
    const drop = script('DROP 1')
    const lock = script(`0 ${x(crypto.sha256(drop))}`)
    const spend = (bytes: number) => judge(lock, { witness: [new Uint8Array(bytes), drop] }, CONSENSUS)
    expect([519, 520, 521].map(spend)).toEqual(['OK', 'OK', 'PUSH_SIZE'])
  })

  it('inside P2SH wants exactly one push', () => {
    const lock = script(`HASH160 ${x(crypto.hash160(keyHash))} EQUAL`)
    expect(judge(lock, { witness, scriptSig: encodePush(keyHash) }, CONSENSUS)).toBe('OK')
    const long = concatBytes(Uint8Array.of(0x4c, keyHash.length), keyHash)
    expect(judge(lock, { witness, scriptSig: long }, CONSENSUS)).toBe('WITNESS_MALLEATED_P2SH')
    expect(
      judge(lock, { witness, scriptSig: concatBytes(script('0'), encodePush(keyHash)) }, CONSENSUS),
    ).toBe('WITNESS_MALLEATED_P2SH')
  })

  it('refuses other lengths, uncompressed keys by policy, and witnesses without a use', () => {
    expect(judge(script(`0 <${'11'.repeat(21)}>`), {}, CONSENSUS)).toBe('WITNESS_PROGRAM_WRONG_LENGTH')
    const whole = secp256k1.getPublicKey(SECRETS[0], false)
    const lock = script(`0 ${x(crypto.hash160(whole))}`)
    const code = script(`DUP HASH160 ${x(crypto.hash160(whole))} EQUALVERIFY CHECKSIG`)
    const spend = { witness: [signWitness(code), whole] }
    expect(judge(lock, spend, CONSENSUS)).toBe('OK')
    expect(judge(lock, spend, [...CONSENSUS, 'WITNESS_PUBKEYTYPE'])).toBe('WITNESS_PUBKEYTYPE')
    expect(judge(script('1'), { witness: [hex('01')] }, CONSENSUS)).toBe('WITNESS_UNEXPECTED')
  })

  it('MINIMALIF is policy here', () => {
    const branch = script('IF 1 ELSE 1 ENDIF')
    const lock = script(`0 ${x(crypto.sha256(branch))}`)
    for (const [condition, error] of [
      ['', 'OK'],
      ['01', 'OK'],
      ['02', 'MINIMALIF'],
      ['0100', 'MINIMALIF'],
    ] as const) {
      expect(judge(lock, { witness: [hex(condition), branch] }, CONSENSUS)).toBe('OK')
      expect(judge(lock, { witness: [hex(condition), branch] }, [...CONSENSUS, 'MINIMALIF'])).toBe(error)
    }
  })
})

describe('unknown witness programs', () => {
  const discouraged = [...CONSENSUS, 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM'] as const

  it('succeed, unless discouraged', () => {
    for (const lock of [`2 <${'11'.repeat(32)}>`, `1 <${'11'.repeat(33)}>`, '16 <0102>']) {
      expect(judge(script(lock), {}, CONSENSUS)).toBe('OK')
      expect(judge(script(lock), {}, discouraged)).toBe('DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM')
    }
  })

  // Its policy forbids a witness there; the script machine does not. [Core VerifyWitnessProgram, IsWitnessStandard]
  it('the anchor that anyone may spend is not discouraged, whatever its witness, but where it is nested', () => {
    const anchor = script('1 <4e73>')
    expect(judge(anchor, {}, discouraged)).toBe('OK')
    expect(judge(anchor, { witness: [hex('01')] }, discouraged)).toBe('OK')
    const nested = script(`HASH160 ${x(crypto.hash160(anchor))} EQUAL`)
    expect(judge(nested, { scriptSig: encodePush(anchor) }, discouraged)).toBe(
      'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
    )
  })

  it('taproot inside P2SH stays unknown', () => {
    const program = script(`1 <${'11'.repeat(32)}>`)
    const lock = script(`HASH160 ${x(crypto.hash160(program))} EQUAL`)
    expect(judge(lock, { scriptSig: encodePush(program) }, CONSENSUS)).toBe('OK')
  })
})
