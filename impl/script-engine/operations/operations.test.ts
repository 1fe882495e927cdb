import { describe, expect, it } from 'vitest'
import { judge, run, script } from '../../testing/script-engine.ts'
import type { OP } from '../opcodes.ts'

/** Scripts that must succeed, each with what it shows. */
const SUCCEED: readonly string[] = [
  // stack
  '1 TOALTSTACK FROMALTSTACK',
  '1 2 3 TWO_DROP',
  '1 0 TWO_DUP DROP DROP DROP',
  '1 2 3 THREE_DUP DEPTH 6 EQUALVERIFY 3 EQUALVERIFY 2 EQUALVERIFY 1 EQUALVERIFY 3 EQUALVERIFY 2 EQUAL',
  '1 2 3 4 TWO_OVER 2 EQUALVERIFY 1 EQUALVERIFY 4 EQUAL',
  '1 2 3 4 5 6 TWO_ROT 2 EQUALVERIFY 1 EQUALVERIFY 6 EQUALVERIFY 5 EQUALVERIFY 4 EQUALVERIFY 3 EQUAL',
  '1 2 3 4 TWO_SWAP 2 EQUALVERIFY 1 EQUALVERIFY 4 EQUALVERIFY 3 EQUAL',
  '1 IFDUP DEPTH 2 EQUAL',
  '0 IFDUP DEPTH 1 EQUAL',
  '<80> IFDUP DEPTH 1 EQUAL',
  '1 2 NIP 2 EQUALVERIFY DEPTH 0 EQUAL',
  '1 2 OVER 1 EQUALVERIFY 2 EQUALVERIFY 1 EQUAL',
  '7 8 9 2 PICK 7 EQUALVERIFY 9 EQUALVERIFY 8 EQUALVERIFY 7 EQUAL',
  '7 8 9 2 ROLL 7 EQUALVERIFY 9 EQUALVERIFY 8 EQUALVERIFY DEPTH 0 EQUAL',
  '1 2 3 ROT 1 EQUALVERIFY 3 EQUALVERIFY 2 EQUAL',
  '1 2 SWAP 1 EQUALVERIFY 2 EQUAL',
  '1 2 TUCK 2 EQUALVERIFY 1 EQUALVERIFY 2 EQUAL',
  '<aabbcc> SIZE 3 EQUALVERIFY <aabbcc> EQUAL',
  // numbers
  '-1 ONE_ADD 0 EQUAL',
  '0 ONE_SUB -1 EQUAL',
  '127 ONE_ADD 128 EQUAL',
  '2147483647 ONE_ADD 2147483648 EQUAL',
  '5 NEGATE -5 EQUAL',
  '0 NEGATE 0 EQUAL',
  '-5 ABS 5 EQUAL',
  '0 NOT',
  '7 NOT NOT',
  '-3 ZERO_NOTEQUAL',
  '2 3 ADD 5 EQUAL',
  '2 3 SUB -1 EQUAL',
  '2 -1 BOOLAND',
  '2 0 BOOLAND NOT',
  '0 2 BOOLOR',
  '0 0 BOOLOR NOT',
  '<0100> 1 NUMEQUAL',
  '3 3 NUMEQUALVERIFY 1',
  '3 4 NUMNOTEQUAL',
  '-4 3 LESSTHAN',
  '3 3 LESSTHAN NOT',
  '4 3 GREATERTHAN',
  '3 3 LESSTHANOREQUAL',
  '3 3 GREATERTHANOREQUAL',
  '3 4 MIN 3 EQUAL',
  '3 4 MAX 4 EQUAL',
  '3 3 4 WITHIN',
  '4 3 4 WITHIN NOT',
  '2 3 4 WITHIN NOT',
  // hashes of the empty string
  '0 RIPEMD160 <9c1185a5c5e9fc54612808977ee8f548b2258d31> EQUAL',
  '0 SHA1 <da39a3ee5e6b4b0d3255bfef95601890afd80709> EQUAL',
  '0 SHA256 <e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855> EQUAL',
  '0 HASH160 <b472a266d0bd89c13706a4132ccfb16f7c3b9fcb> EQUAL',
  '0 HASH256 <5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456> EQUAL',
  // control
  '1 IF 1 ELSE RETURN ENDIF',
  '0 IF RETURN ELSE 1 ELSE RETURN ENDIF',
  '0 NOTIF 1 ENDIF',
  '1 0 IF 0 IF VER RESERVED CHECKSIGADD ELSE RETURN ENDIF ELSE 1 IF 1 ENDIF ENDIF',
  '1 NOP NOP1 NOP4 NOP10',
  '1 CHECKLOCKTIMEVERIFY CHECKSEQUENCEVERIFY',
  '1 CODESEPARATOR',
]

const FAIL: readonly (readonly [text: string, error: string])[] = [
  ['', 'EVAL_FALSE'],
  ['0', 'EVAL_FALSE'],
  ['<0080>', 'EVAL_FALSE'],
  ['1 FROMALTSTACK', 'INVALID_ALTSTACK_OPERATION'],
  ['1 1 ROLL', 'INVALID_STACK_OPERATION'],
  ['1 -1 PICK', 'INVALID_STACK_OPERATION'],
  ['0 PICK', 'INVALID_STACK_OPERATION'],
  ['1 <0000000001> PICK', 'SCRIPTNUM'],
  ['1 2 EQUALVERIFY', 'EQUALVERIFY'],
  ['<0000000001> ONE_ADD', 'SCRIPTNUM'],
  ['1 <0000000001> ADD', 'SCRIPTNUM'],
  ['1 2 NUMEQUALVERIFY', 'NUMEQUALVERIFY'],
  ['0 VERIFY', 'VERIFY'],
  ['1 RETURN', 'OP_RETURN'],
  ['1 IF', 'UNBALANCED_CONDITIONAL'],
  ['1 ELSE', 'UNBALANCED_CONDITIONAL'],
  ['1 ENDIF', 'UNBALANCED_CONDITIONAL'],
  ['IF 1 ENDIF', 'INVALID_STACK_OPERATION'],
  ['1 0 IF VERIF ENDIF', 'BAD_OPCODE'],
  ['1 0 IF VERNOTIF ENDIF', 'BAD_OPCODE'],
  ['1 VER', 'BAD_OPCODE'],
  ['1 RESERVED', 'BAD_OPCODE'],
  ['1 0xba', 'BAD_OPCODE'],
  ['1 0xff', 'BAD_OPCODE'],
  ['1 0x05aa', 'BAD_OPCODE'],
  ['0 0 1 CHECKSIGADD', 'BAD_OPCODE'],
]

describe('operations', () => {
  it.each(SUCCEED)('%s', (text) => {
    expect(run(text)).toBe('OK')
  })

  it.each(FAIL)('%s fails: %s', (text, error) => {
    expect(run(text)).toBe(error)
  })

  it('need their arguments', () => {
    const arity: Readonly<Record<number, readonly (keyof typeof OP)[]>> = {
      1: [
        'IF',
        'NOTIF',
        'VERIFY',
        'TOALTSTACK',
        'IFDUP',
        'DROP',
        'DUP',
        'SIZE',
        'ONE_ADD',
        'ONE_SUB',
        'NEGATE',
        'ABS',
        'NOT',
        'ZERO_NOTEQUAL',
        'RIPEMD160',
        'SHA1',
        'SHA256',
        'HASH160',
        'HASH256',
        'CHECKMULTISIG',
      ],
      2: [
        'TWO_DROP',
        'TWO_DUP',
        'NIP',
        'OVER',
        'PICK',
        'ROLL',
        'SWAP',
        'TUCK',
        'EQUAL',
        'EQUALVERIFY',
        'ADD',
        'SUB',
        'BOOLAND',
        'BOOLOR',
        'NUMEQUAL',
        'NUMEQUALVERIFY',
        'NUMNOTEQUAL',
        'LESSTHAN',
        'GREATERTHAN',
        'LESSTHANOREQUAL',
        'GREATERTHANOREQUAL',
        'MIN',
        'MAX',
        'CHECKSIG',
        'CHECKSIGVERIFY',
      ],
      3: ['THREE_DUP', 'ROT', 'WITHIN'],
      4: ['TWO_OVER', 'TWO_SWAP'],
      6: ['TWO_ROT'],
    }
    for (const [count, names] of Object.entries(arity))
      for (const name of names)
        expect(run(`${'0 '.repeat(Number(count) - 1)}${name}`), name).toBe('INVALID_STACK_OPERATION')
  })

  it.each([
    'CAT',
    'SUBSTR',
    'LEFT',
    'RIGHT',
    'INVERT',
    'AND',
    'OR',
    'XOR',
    'TWO_MUL',
    'TWO_DIV',
    'MUL',
    'DIV',
    'MOD',
    'LSHIFT',
    'RSHIFT',
  ])('%s is disabled even where it is not executed', (name) => {
    expect(run(`1 0 IF ${name} ENDIF`)).toBe('DISABLED_OPCODE')
  })
})

describe('limits', () => {
  it('a script has at most 10,000 bytes', () => {
    const drops = (bytes: number) =>
      `${`<${'00'.repeat(519)}> DROP `.repeat(19)}${'0 '.repeat(bytes - 19 * 523 - 1)}1`
    expect(script(drops(10_000)).length).toBe(10_000)
    expect([9_999, 10_000, 10_001].map((bytes) => run(drops(bytes)))).toEqual(['OK', 'OK', 'SCRIPT_SIZE'])
  })

  it('an element has at most 520 bytes, executed or not', () => {
    const push = (bytes: number) => `1 0 IF <${'00'.repeat(bytes)}> ENDIF`
    expect([519, 520, 521].map((bytes) => run(push(bytes)))).toEqual(['OK', 'OK', 'PUSH_SIZE'])
  })

  it('201 operations above OP_16, executed or not, RESERVED free', () => {
    const nops = (count: number) => `1 ${'NOP '.repeat(count - 2)}0 IF RESERVED ENDIF`
    expect([200, 201, 202].map((count) => run(nops(count)))).toEqual(['OK', 'OK', 'OP_COUNT'])
  })

  it('the keys of a multisignature count as operations', () => {
    const checks = (nops: number) => `0 0 ${'0 '.repeat(20)}20 CHECKMULTISIG ${'NOP '.repeat(nops)}`
    expect([179, 180, 181].map((nops) => run(checks(nops)))).toEqual(['OK', 'OK', 'OP_COUNT'])
  })

  it('1,000 elements on both stacks together', () => {
    const grow = (count: number) => `1 TOALTSTACK ${'1 '.repeat(count - 1)}`
    expect([999, 1000, 1001].map((count) => run(grow(count)))).toEqual(['OK', 'OK', 'STACK_SIZE'])
  })
})

describe('flags', () => {
  it('MINIMALDATA refuses long pushes and padded numbers where they are executed', () => {
    expect(run('0x4c01ff', ['MINIMALDATA'])).toBe('MINIMALDATA')
    expect(run('0x0105', ['MINIMALDATA'])).toBe('MINIMALDATA')
    expect(run('0 IF 0x0105 ENDIF 1', ['MINIMALDATA'])).toBe('OK')
    expect(run('<0100> NOT', ['MINIMALDATA'])).toBe('SCRIPTNUM')
    expect(run('1 <0100> PICK', ['MINIMALDATA'])).toBe('SCRIPTNUM')
  })

  it('DISCOURAGE_UPGRADABLE_NOPS refuses executed NOPs without a meaning', () => {
    expect(run('1 NOP1', ['DISCOURAGE_UPGRADABLE_NOPS'])).toBe('DISCOURAGE_UPGRADABLE_NOPS')
    expect(run('1 NOP10', ['DISCOURAGE_UPGRADABLE_NOPS'])).toBe('DISCOURAGE_UPGRADABLE_NOPS')
    expect(run('1 0 IF NOP4 ENDIF NOP CHECKLOCKTIMEVERIFY', ['DISCOURAGE_UPGRADABLE_NOPS'])).toBe('OK')
  })

  it('CLEANSTACK and SIGPUSHONLY', () => {
    expect(run('1 1', ['CLEANSTACK', 'P2SH', 'WITNESS'])).toBe('CLEANSTACK')
    expect(judge(script('1'), { scriptSig: script('NOP') }, ['SIGPUSHONLY'])).toBe('SIG_PUSHONLY')
  })

  it('scriptSig and scriptPubKey are not joined', () => {
    expect(judge(script('1'), { scriptSig: script('1 RETURN') })).toBe('OP_RETURN')
    expect(judge(script('1 ENDIF'), { scriptSig: script('1 IF') })).toBe('UNBALANCED_CONDITIONAL')
    expect(judge(script('FROMALTSTACK'), { scriptSig: script('1 TOALTSTACK') })).toBe(
      'INVALID_ALTSTACK_OPERATION',
    )
  })
})

describe('lock times', () => {
  const absolute = (operand: string, lockTime: number, sequence = 0) =>
    run(`${operand} CHECKLOCKTIMEVERIFY DROP 1`, ['CHECKLOCKTIMEVERIFY'], { lockTime, sequence })
  const relative = (operand: string, sequence: number, version = 2) =>
    run(`${operand} CHECKSEQUENCEVERIFY DROP 1`, ['CHECKSEQUENCEVERIFY'], { sequence, version })

  it('compare heights with heights and times with times', () => {
    expect([99, 100, 101].map((lockTime) => absolute('100', lockTime))).toEqual([
      'UNSATISFIED_LOCKTIME',
      'OK',
      'OK',
    ])
    expect(absolute('499999999', 500_000_000)).toBe('UNSATISFIED_LOCKTIME')
    expect(absolute('500000000', 500_000_000)).toBe('OK')
    expect(absolute('4294967295', 0xffffffff)).toBe('OK')
    expect(absolute('4294967296', 0xffffffff)).toBe('UNSATISFIED_LOCKTIME')
  })

  it('are not met by a final input, nor by a negative or oversized operand', () => {
    expect(absolute('100', 100, 0xffffffff)).toBe('UNSATISFIED_LOCKTIME')
    expect(absolute('100', 100, 0xfffffffe)).toBe('OK')
    expect(absolute('-1', 100)).toBe('NEGATIVE_LOCKTIME')
    expect(absolute('<000000000001>', 100)).toBe('SCRIPTNUM')
    expect(run('CHECKLOCKTIMEVERIFY', ['CHECKLOCKTIMEVERIFY'])).toBe('INVALID_STACK_OPERATION')
  })

  it('relative ones need version 2, unsigned, and an enabled sequence', () => {
    expect([9, 10, 11].map((sequence) => relative('10', sequence))).toEqual([
      'UNSATISFIED_LOCKTIME',
      'OK',
      'OK',
    ])
    expect([1, 2, 0xffffffff].map((version) => relative('10', 10, version))).toEqual([
      'UNSATISFIED_LOCKTIME',
      'OK',
      'OK',
    ])
    expect(relative('10', 0x8000000a)).toBe('UNSATISFIED_LOCKTIME')
    expect(relative('2147483648', 0xffffffff, 1)).toBe('OK')
    expect(relative('4194314', 10)).toBe('UNSATISFIED_LOCKTIME')
    expect(relative('4194314', 0x40000a)).toBe('OK')
    expect(relative('10', 0x40000a)).toBe('UNSATISFIED_LOCKTIME')
    expect(relative('65546', 10)).toBe('OK')
    expect(relative('4294967306', 10)).toBe('OK')
    expect(relative('-1', 10)).toBe('NEGATIVE_LOCKTIME')
    expect(run('CHECKSEQUENCEVERIFY', ['CHECKSEQUENCEVERIFY'])).toBe('INVALID_STACK_OPERATION')
  })
})
