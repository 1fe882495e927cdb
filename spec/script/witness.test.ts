import { schnorr } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { assemble } from './assemble.ts'
import { taprootSignatureHash } from './sighash/taproot.ts'
import { taprootOutputKey } from './taproot.ts'
import { isPayToScriptHash, isUnspendable, isWitnessProgram } from './templates.ts'
import {
  judge,
  payToLeaf,
  payToScriptHash,
  secretKey,
  spendTapscript,
  spentOutputOf,
  transactionOf,
  xOnlyKey,
} from './testing.ts'

const features = ['P2SH', 'WITNESS', 'TAPROOT']
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('taproot', () => {
  it('an annex is signed, and only an item of two or more that begins with 50 is one', () => {
    const output = concatBytes(Uint8Array.of(0x51, 32), xOnlyKey)
    const annex = Uint8Array.of(0x50, 1)
    const sign = (annexHash?: Uint8Array) => {
      const transaction = transactionOf({})
      const spentOutputs = [spentOutputOf({ output })]
      return schnorr.sign(
        taprootSignatureHash({ transaction, inputIndex: 0, spentOutputs, hashType: 0, annexHash })!,
        secretKey,
      )
    }
    const annexHash = sha256(concatBytes(Uint8Array.of(2), annex))
    expect(judge({ output, features, witness: [sign(annexHash), annex] })).toBe('OK')
    expect(judge({ output, features, witness: [sign(), annex] })).toBe('SCHNORR_SIG')
    expect(judge({ output, features, witness: [sign(annexHash)] })).toBe('SCHNORR_SIG')
    expect(judge({ output, features, witness: [annex] })).toBe('SCHNORR_SIG_SIZE')
    expect(judge({ output, features, witness: [] })).toBe('WITNESS_PROGRAM_WITNESS_EMPTY')
    expect(judge({ output, features: ['P2SH', 'WITNESS'], witness: [] })).toBe('OK')
  })

  it('a control block proves the leaf: parity, path and version count', () => {
    const { output, witness } = spendTapscript('1')
    const [script, control] = witness as [Uint8Array, Uint8Array]
    const spend = (changed: Uint8Array, leaf = script) =>
      judge({ output: output!, features, witness: [leaf, changed] })
    expect(spend(control)).toBe('OK')
    expect(spend(Uint8Array.of(control[0]! ^ 1, ...control.subarray(1)))).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(Uint8Array.of(control[0]! ^ 2, ...control.subarray(1)))).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(concatBytes(control, new Uint8Array(32)))).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(control, assemble('2'))).toBe('WITNESS_PROGRAM_MISMATCH')
    expect(spend(concatBytes(control.subarray(0, 1), new Uint8Array(32).fill(0xff)))).toBe(
      'WITNESS_PROGRAM_MISMATCH',
    )
  })

  it('a control block has 33 bytes and up to 128 nodes', () => {
    const { output } = spendTapscript('1')
    const spend = (bytes: number) =>
      judge({ output: output!, features, witness: [assemble('1'), new Uint8Array(bytes)] })
    expect([32, 33, 34, 65].map(spend)).toEqual([
      'TAPROOT_WRONG_CONTROL_SIZE',
      'WITNESS_PROGRAM_MISMATCH',
      'TAPROOT_WRONG_CONTROL_SIZE',
      'WITNESS_PROGRAM_MISMATCH',
    ])
    expect([127, 128, 129].map((nodes) => spend(33 + 32 * nodes))).toEqual([
      'WITNESS_PROGRAM_MISMATCH',
      'WITNESS_PROGRAM_MISMATCH',
      'TAPROOT_WRONG_CONTROL_SIZE',
    ])
  })

  it('OP_SUCCESS anywhere makes a tapscript valid, unless what comes before cannot be read', () => {
    expect(judge(spendTapscript('0 IF 0xfe ENDIF RETURN', [new Uint8Array(600)]))).toBe('OK')
    expect(judge(spendTapscript('0x50 0x4c'))).toBe('OK')
    expect(judge(spendTapscript('0x02ff'))).toBe('BAD_OPCODE')
    expect(judge(spendTapscript('0xff 1'))).toBe('BAD_OPCODE')
  })

  it('wrapped in a script hash it has no meaning', () => {
    const { output } = payToLeaf(assemble('1'))
    const spend = { output: payToScriptHash(output), scriptSig: assemble(`<${hex(output)}>`), features }
    expect(judge(spend)).toBe('OK')
    expect(judge({ ...spend, features: [...features, 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM'] })).toBe(
      'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
    )
  })

  it('an internal key that is no point has no output', () => {
    expect(taprootOutputKey(new Uint8Array(32))).toBeUndefined()
  })
})

describe('anchors', () => {
  it('are spent by no witness and discouraged by nobody', () => {
    const policy = [...features, 'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM']
    expect(judge({ output: assemble('1 <4e73>'), features: policy })).toBe('OK')
    expect(judge({ output: assemble('1 <4e74>'), features: policy })).toBe(
      'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
    )
    expect(judge({ output: assemble('2 <4e73>'), features: policy })).toBe(
      'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
    )
  })
})

describe('script hashes', () => {
  const redeem = assemble('1')
  const output = payToScriptHash(redeem)

  it('the script is the last item, behind nothing but pushes', () => {
    expect(judge({ output, scriptSig: assemble('<51>'), features: ['P2SH'] })).toBe('OK')
    expect(judge({ output, scriptSig: assemble('NOP <51>'), features: ['P2SH'] })).toBe('SIG_PUSHONLY')
    expect(judge({ output, scriptSig: assemble('NOP <51>') })).toBe('OK')
    expect(judge({ output, scriptSig: assemble('<52>'), features: ['P2SH'] })).toBe('EVAL_FALSE')
  })

  it('the script judges what lies below it', () => {
    const equal = assemble('EQUAL')
    const spend = { output: payToScriptHash(equal), features: ['P2SH'] }
    expect(judge({ ...spend, scriptSig: assemble('5 5 <87>') })).toBe('OK')
    expect(judge({ ...spend, scriptSig: assemble('5 6 <87>') })).toBe('EVAL_FALSE')
    expect(judge({ ...spend, scriptSig: assemble('5 6 <87>'), features: [] })).toBe('OK')
  })

  it('only the exact form is one', () => {
    const changes: [number, number][] = [
      [0, 0xaa],
      [1, 19],
      [22, 0x88],
    ]
    for (const [at, byte] of changes) expect(isPayToScriptHash(output.with(at, byte))).toBe(false)
    expect(isPayToScriptHash(output)).toBe(true)
    expect(isPayToScriptHash(concatBytes(output, Uint8Array.of(0x61)))).toBe(false)
  })
})

describe('output scripts', () => {
  it('a witness program is a version and one push of 2 to 40 bytes', () => {
    const program = (bytes: number) => isWitnessProgram(assemble(`1 <${'00'.repeat(bytes)}>`))
    expect([1, 2, 40, 41].map(program)).toEqual([false, true, true, false])
    expect(
      ['0 <0102>', '16 <0102>', '1NEGATE <0102>', '1 <0102> NOP', '1 0x4c020102'].map((s) =>
        isWitnessProgram(assemble(s)),
      ),
    ).toEqual([true, true, false, false, false])
  })

  it('unspendable is what begins with OP_RETURN, or is longer than any script', () => {
    expect(['RETURN', 'RETURN <00>', '0 RETURN', ''].map((s) => isUnspendable(assemble(s)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect([9_999, 10_000, 10_001].map((bytes) => isUnspendable(new Uint8Array(bytes)))).toEqual([
      false,
      false,
      true,
    ])
  })
})
