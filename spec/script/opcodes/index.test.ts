import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../testing.ts'
import { OPCODES } from './index.ts'
import { reservedOpcodes } from './reserved.ts'
import { isOpSuccess } from './success.ts'

/** Core's names from code 4f on, in order. [Core script/script.h] */
const NAMES = [
  '1NEGATE RESERVED 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16',
  'NOP VER IF NOTIF VERIF VERNOTIF ELSE ENDIF VERIFY RETURN',
  'TOALTSTACK FROMALTSTACK 2DROP 2DUP 3DUP 2OVER 2ROT 2SWAP IFDUP DEPTH DROP DUP NIP OVER PICK ROLL ROT SWAP TUCK',
  'CAT SUBSTR LEFT RIGHT SIZE INVERT AND OR XOR EQUAL EQUALVERIFY RESERVED1 RESERVED2',
  '1ADD 1SUB 2MUL 2DIV NEGATE ABS NOT 0NOTEQUAL ADD SUB MUL DIV MOD LSHIFT RSHIFT BOOLAND BOOLOR',
  'NUMEQUAL NUMEQUALVERIFY NUMNOTEQUAL LESSTHAN GREATERTHAN LESSTHANOREQUAL GREATERTHANOREQUAL MIN MAX WITHIN',
  'RIPEMD160 SHA1 SHA256 HASH160 HASH256 CODESEPARATOR CHECKSIG CHECKSIGVERIFY CHECKMULTISIG CHECKMULTISIGVERIFY',
  'NOP1 CHECKLOCKTIMEVERIFY CHECKSEQUENCEVERIFY NOP4 NOP5 NOP6 NOP7 NOP8 NOP9 NOP10 CHECKSIGADD',
]
  .join(' ')
  .split(' ')

describe('the opcode table', () => {
  it('gives each code its name, once', () => {
    const byCode = [...OPCODES.values()].sort((a, b) => a.code - b.code)
    expect(byCode.map(({ code, name }) => [code, name])).toEqual(
      NAMES.map((name, at) => [0x4f + at, `OP_${name}`]),
    )
  })

  it('small numbers push themselves', () => {
    expect(outcomeOf('1NEGATE 0x00 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16').stack.join()).toBe(
      '81,,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,10',
    )
  })

  it.each(['02aabb', '4c02aabb', '4d0200aabb', '4e02000000aabb'])('0x%s pushes two bytes', (push) => {
    expect(outcomeOf(`0x${push}`)).toEqual({ error: 'OK', stack: ['aabb'] })
    expect(outcomeOf(`0 IF 0x${push} ENDIF`)).toEqual({ error: 'OK', stack: [] })
  })

  it('OP_SUCCESS are the disabled, four of the reserved, and all without a name below ff', () => {
    const disabled = reservedOpcodes.filter(
      ({ code }) => outcomeOf(`0x${code.toString(16)}`).error === 'DISABLED_OPCODE',
    )
    const unnamed = Array.from({ length: 254 - 187 + 1 }, (_, at) => 187 + at)
    const expected = [...disabled.map(({ code }) => code), 0x50, 0x62, 0x89, 0x8a, ...unnamed]
    expect(disabled).toHaveLength(15)
    const actual = Array.from({ length: 256 }, (_, code) => code).filter(isOpSuccess)
    expect(actual).toEqual(expected.sort((a, b) => a - b))
  })

  it('codes without a name fail when they are executed', () => {
    for (let code = 187; code < 256; code++) {
      expect(outcomeOf(`0x${code.toString(16)}`).error).toBe('BAD_OPCODE')
      expect(outcomeOf(`0 IF 0x${code.toString(16)} ENDIF`).error).toBe('OK')
    }
  })

  it('NOPs kept for upgrades do nothing, and are discouraged', () => {
    for (const number of [1, 4, 5, 6, 7, 8, 9, 10]) {
      expect(outcomeOf(`NOP${number}`)).toEqual({ error: 'OK', stack: [] })
      const features = new Set(['DISCOURAGE_UPGRADABLE_NOPS'])
      expect(outcomeOf(`NOP${number}`, { features }).error).toBe('DISCOURAGE_UPGRADABLE_NOPS')
      expect(outcomeOf(`0 IF NOP${number} ENDIF`, { features }).error).toBe('OK')
    }
  })
})
