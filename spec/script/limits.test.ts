import { describe, expect, it } from 'vitest'
import { assemble } from './assemble.ts'
import type { SigVersion } from './machine.ts'
import { judge, outcomeOf, scriptOfSize, spendTapscript, spendWitnessScript } from './testing.ts'

const before: readonly SigVersion[] = ['legacy', 'witness-v0']

describe.each(before)('limits of %s', (sigVersion) => {
  const end = (script: string) => outcomeOf(script, { sigVersion }).error

  it('a script has at most 10,000 bytes', () => {
    expect([9_999, 10_000, 10_001].map((bytes) => end(scriptOfSize(bytes)))).toEqual([
      'OK',
      'OK',
      'SCRIPT_SIZE',
    ])
  })

  it('a script has at most 201 operations, executed or not', () => {
    const operations = (count: number) => end('NOP '.repeat(count))
    expect([200, 201, 202].map(operations)).toEqual(['OK', 'OK', 'OP_COUNT'])
    expect(end(`0 IF ${'NOP '.repeat(200)} ENDIF`)).toBe('OP_COUNT')
  })

  it('pushes and OP_RESERVED are no operations', () => {
    expect(end(`0 IF ${'RESERVED 1 '.repeat(300)} ENDIF`)).toBe('OK')
  })

  it('keys of a multisignature are operations', () => {
    const withKeys = (before: number) => end(`${'NOP '.repeat(before)} 0 0 1 1 1 3 CHECKMULTISIG`)
    expect([196, 197, 198].map(withKeys)).toEqual(['OK', 'OK', 'OP_COUNT'])
  })
})

describe('limits of every version', () => {
  const versions: readonly SigVersion[] = [...before, 'tapscript']

  it.each(versions)('an item pushed in %s has at most 520 bytes, executed or not', (sigVersion) => {
    const push = (bytes: number) => outcomeOf(`0 IF <${'00'.repeat(bytes)}> ENDIF`, { sigVersion }).error
    expect([519, 520, 521].map(push)).toEqual(['OK', 'OK', 'PUSH_SIZE'])
  })

  it.each(versions)('both stacks of %s together hold at most 1,000 items', (sigVersion) => {
    const items = (count: number) => outcomeOf(`1 TOALTSTACK ${'1 '.repeat(count - 1)}`, { sigVersion }).error
    expect([999, 1000, 1001].map(items)).toEqual(['OK', 'OK', 'STACK_SIZE'])
  })
})

describe('limits of witnesses', () => {
  it('a witness script takes items of at most 520 bytes', () => {
    const item = (bytes: number) => judge(spendWitnessScript('DROP 1', [new Uint8Array(bytes)]))
    expect([519, 520, 521].map(item)).toEqual(['OK', 'OK', 'PUSH_SIZE'])
  })

  it('a tapscript starts with at most 1,000 items', () => {
    const items = (count: number) =>
      judge(spendTapscript(`${'2DROP '.repeat(499)} DROP`, Array(count).fill(Uint8Array.of(1))))
    expect([999, 1000, 1001].map(items)).toEqual(['CLEANSTACK', 'OK', 'STACK_SIZE'])
  })

  it('a tapscript may be longer than 10,000 bytes and have more than 201 operations', () => {
    expect(judge(spendTapscript(`${'NOP '.repeat(10_001)} 1`))).toBe('OK')
  })

  it('each signature check that is given uses 50 units; 50 and the witness are there', () => {
    const checks = 'DROP <02> DUP 2DUP 2DUP CHECKSIGVERIFY CHECKSIGVERIFY CHECKSIGVERIFY 1'
    const script = assemble(checks)
    // The witness: item count; payment, script and control block of 33 bytes, each behind its length.
    const sizeWith = (payment: number) => 1 + 1 + payment + 1 + script.length + 1 + 33
    const enough = 3 * 50 - 50 - sizeWith(0)
    const paying = (bytes: number) => judge(spendTapscript(checks, [new Uint8Array(bytes)]))
    expect([enough - 1, enough, enough + 1].map(paying)).toEqual(['TAPSCRIPT_VALIDATION_WEIGHT', 'OK', 'OK'])
  })

  it('a multisignature has at most 20 keys', () => {
    const keys = (count: number) =>
      judge(spendWitnessScript(`0 0 ${'1 '.repeat(count)} ${count} CHECKMULTISIG`))
    expect([19, 20, 21].map(keys)).toEqual(['OK', 'OK', 'PUBKEY_COUNT'])
  })
})
