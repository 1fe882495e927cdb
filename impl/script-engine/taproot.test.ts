import { schnorr } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { coin, crypto, hex, judge, script, spendOf } from '../testing/script-engine.ts'
import { bytesToHex, concatBytes } from '../wire/index.ts'
import type { FlagName } from './flags.ts'
import { isSuccess } from './opcodes.ts'
import { signatureHashTaproot, type TaprootContext } from './sighash/taproot.ts'
import { TxDigests } from './sighash/tx-digests.ts'
import { leafHash, taprootOutputScript } from './taproot-commitment.ts'

const SECRETS = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array, Uint8Array]
const CONSENSUS: readonly FlagName[] = ['P2SH', 'WITNESS', 'TAPROOT']
const x = (bytes: Uint8Array) => `<${bytesToHex(bytes)}>`

describe('taproot', () => {
  const internalKey = schnorr.getPublicKey(SECRETS[0])
  const keyLock = script(`1 ${x(schnorr.getPublicKey(SECRETS[1]))}`)
  const sign = (lock: Uint8Array, hashType: number, context: TaprootContext = {}, secret = SECRETS[1]) => {
    const hash = signatureHashTaproot(new TxDigests(spendOf({}), [coin(lock)], crypto), 0, hashType, context)
    return concatBytes(schnorr.sign(hash!, secret), hashType === 0 ? hex('') : Uint8Array.of(hashType))
  }
  const spendKey = (...witness: Uint8Array[]) => judge(keyLock, { witness }, CONSENSUS)

  it('key path: 64 bytes, or 65 with a defined hash type that is not 0', () => {
    for (const hashType of [0, 1, 2, 3, 0x81, 0x82, 0x83])
      expect(spendKey(sign(keyLock, hashType))).toBe('OK')
    expect(spendKey(concatBytes(sign(keyLock, 0), hex('00')))).toBe('SCHNORR_SIG_HASHTYPE')
    expect(spendKey(concatBytes(sign(keyLock, 0), hex('04')))).toBe('SCHNORR_SIG_HASHTYPE')
    expect(spendKey(new Uint8Array(63))).toBe('SCHNORR_SIG_SIZE')
    expect(spendKey(new Uint8Array(66))).toBe('SCHNORR_SIG_SIZE')
    expect(spendKey(new Uint8Array(64))).toBe('SCHNORR_SIG')
    expect(spendKey()).toBe('WITNESS_PROGRAM_WITNESS_EMPTY')
    expect(judge(keyLock, { witness: [new Uint8Array(1)] }, ['P2SH', 'WITNESS'])).toBe('OK')
  })

  it('signs the annex', () => {
    const annex = hex('50aabb')
    const annexHash = crypto.sha256(hex('0350aabb'))
    expect(spendKey(sign(keyLock, 0, { annexHash }), annex)).toBe('OK')
    expect(spendKey(sign(keyLock, 0), annex)).toBe('SCHNORR_SIG')
    expect(spendKey(hex('50'))).toBe('SCHNORR_SIG_SIZE')
  })

  /** A leaf alone in its tree: what locks and what a witness ends with. */
  const leafOf = (text: string, version = 0xc0) => {
    const leafScript = script(text)
    const leaf = leafHash(version, leafScript, crypto)
    const lock = taprootOutputScript(internalKey, leaf, crypto)!
    const tweak = crypto.taggedHash('TapTweak', concatBytes(internalKey, leaf))
    const parity = crypto.tweakPublicKey(internalKey, tweak)![0]! & 1
    const control = concatBytes(Uint8Array.of(version | parity), internalKey)
    return { lock, leaf, path: [leafScript, control], control, leafScript }
  }
  const spendLeaf = (text: string, args: Uint8Array[], names = CONSENSUS, version = 0xc0) => {
    const { lock, path } = leafOf(text, version)
    return judge(lock, { witness: [...args, ...path] }, names)
  }

  it('script path: the control block must have a length and lead to the key', () => {
    const { lock, leafScript, control } = leafOf('1')
    const spend = (block: Uint8Array) => judge(lock, { witness: [leafScript, block] }, CONSENSUS)
    expect(spend(control)).toBe('OK')
    expect(spend(control.subarray(0, 32))).toBe('TAPROOT_WRONG_CONTROL_SIZE')
    expect(spend(concatBytes(control, hex('00')))).toBe('TAPROOT_WRONG_CONTROL_SIZE')
    expect(spend(new Uint8Array(33 + 32 * 128))).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(new Uint8Array(33 + 32 * 129))).toBe('TAPROOT_WRONG_CONTROL_SIZE')
    const otherParity = control.slice()
    otherParity[0]! ^= 1
    expect(spend(otherParity)).toBe('WITNESS_PROGRAM_MISMATCH')
  })

  it('an unknown leaf version succeeds, unless discouraged', () => {
    expect(spendLeaf('RETURN', [], CONSENSUS, 0xc2)).toBe('OK')
    expect(spendLeaf('RETURN', [], [...CONSENSUS, 'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION'], 0xc2)).toBe(
      'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION',
    )
  })

  it('OP_SUCCESS overrides what stands before it, but not a truncated push before it', () => {
    expect(spendLeaf('RETURN RESERVED', [])).toBe('OK')
    expect(spendLeaf('RETURN 0xbb 0x05aa', [])).toBe('OK')
    expect(spendLeaf(`<${'00'.repeat(600)}> 0xfe`, [new Uint8Array(600)])).toBe('OK')
    expect(spendLeaf('0x05aa50', [])).toBe('BAD_OPCODE')
    expect(spendLeaf('1 0xff', [])).toBe('BAD_OPCODE')
    expect(spendLeaf('RESERVED', [], [...CONSENSUS, 'DISCOURAGE_OP_SUCCESS'])).toBe('DISCOURAGE_OP_SUCCESS')
  })

  it('OP_SUCCESS are exactly those of BIP342', () => {
    const ranges = [
      [80, 80],
      [98, 98],
      [126, 129],
      [131, 134],
      [137, 138],
      [141, 142],
      [149, 153],
      [187, 254],
    ]
    const succeeds = (opcode: number) => ranges.some(([first, last]) => opcode >= first! && opcode <= last!)
    for (let opcode = 79; opcode < 256; opcode++)
      expect(isSuccess(opcode), String(opcode)).toBe(succeeds(opcode))
  })

  it('a path of two leaves joins them in the order of their hashes', () => {
    const leafScript = script('1')
    const leaf = leafHash(0xc0, leafScript, crypto)
    for (const sibling of [new Uint8Array(32), new Uint8Array(32).fill(0xff)]) {
      const isFirst = sibling[0] === 0
      const joined = isFirst ? concatBytes(sibling, leaf) : concatBytes(leaf, sibling)
      const root = crypto.taggedHash('TapBranch', joined)
      const lock = taprootOutputScript(internalKey, root, crypto)!
      const tweak = crypto.taggedHash('TapTweak', concatBytes(internalKey, root))
      const parity = crypto.tweakPublicKey(internalKey, tweak)![0]! & 1
      const control = concatBytes(Uint8Array.of(0xc0 | parity), internalKey, sibling)
      expect(judge(lock, { witness: [leafScript, control] }, CONSENSUS)).toBe('OK')
    }
  })

  it('has no limit on script size or operations, but on the stack', () => {
    expect(spendLeaf(`${'NOP '.repeat(11_000)}1`, [])).toBe('OK')
    const items = (count: number) => Array.from({ length: count }, () => hex('01'))
    expect(spendLeaf('1', items(1001))).toBe('STACK_SIZE')
    expect(spendLeaf(`${'DROP '.repeat(999)}`, items(1000))).toBe('OK')
  })

  it('MINIMALIF, no CHECKMULTISIG, clean stack', () => {
    expect(spendLeaf('IF 1 ELSE 1 ENDIF', [hex('02')])).toBe('TAPSCRIPT_MINIMALIF')
    expect(spendLeaf('0 0 0 CHECKMULTISIG', [])).toBe('TAPSCRIPT_CHECKMULTISIG')
    expect(spendLeaf('1 1', [])).toBe('CLEANSTACK')
    expect(spendLeaf('0', [])).toBe('EVAL_FALSE')
  })

  const key = x(schnorr.getPublicKey(SECRETS[2]))
  const signLeaf = (text: string, codeSeparatorAt = 0xffffffff) => {
    const { lock, leaf } = leafOf(text)
    return sign(lock, 0, { leaf: { leafHash: leaf, codeSeparatorAt } }, SECRETS[2])
  }

  it('CHECKSIG and CHECKSIGADD', () => {
    const single = `${key} CHECKSIG`
    expect(spendLeaf(single, [signLeaf(single)])).toBe('OK')
    expect(spendLeaf(single, [hex('')])).toBe('EVAL_FALSE')
    expect(spendLeaf(single, [new Uint8Array(64)])).toBe('SCHNORR_SIG')
    const sum = `0 ${key} CHECKSIGADD 1 NUMEQUAL`
    expect(spendLeaf(sum, [signLeaf(sum)])).toBe('OK')
    expect(spendLeaf(sum, [hex('')])).toBe('EVAL_FALSE')
    expect(spendLeaf('0 CHECKSIG', [hex('')])).toBe('TAPSCRIPT_EMPTY_PUBKEY')
  })

  it('CODESEPARATOR enters the signature by its position in operations', () => {
    const text = `<aabb> DROP CODESEPARATOR ${key} CHECKSIG`
    expect(spendLeaf(text, [signLeaf(text, 2)])).toBe('OK')
    expect(spendLeaf(text, [signLeaf(text, 4)])).toBe('SCHNORR_SIG')
  })

  it('keys of unknown length succeed with any signature, unless discouraged', () => {
    const text = '<aabb> CHECKSIG'
    expect(spendLeaf(text, [hex('01')])).toBe('OK')
    expect(spendLeaf(text, [hex('')])).toBe('EVAL_FALSE')
    expect(spendLeaf(text, [hex('01')], [...CONSENSUS, 'DISCOURAGE_UPGRADABLE_PUBKEYTYPE'])).toBe(
      'DISCOURAGE_UPGRADABLE_PUBKEYTYPE',
    )
  })

  it('each signature uses up 50 of the weight: 50, and the size of the witness', () => {
    // witness: count, signature (1 + 1), filler (3 + n), script (1 + s), control block (1 + 33)
    const text = (checks: number) => `DROP ${'DUP <aabb> CHECKSIGVERIFY '.repeat(checks)}`
    const size = (checks: number) => 1 + 2 + 3 + 1 + script(text(checks)).length + 34
    const checks = 10
    const filler = (weight: number) => new Uint8Array(weight - 50 - size(checks))
    const spend = (weight: number) => spendLeaf(text(checks), [hex('01'), filler(weight)])
    expect([499, 500, 501].map(spend)).toEqual(['TAPSCRIPT_VALIDATION_WEIGHT', 'OK', 'OK'])
    const { lock, path } = leafOf(text(checks))
    const witness = [hex('01'), filler(499), ...path, hex('50')]
    expect(judge(lock, { witness }, CONSENSUS)).toBe('OK')
  })
})
