import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../../../wire/index.ts'
import { assemble, push } from './assembler.ts'

describe('the notation of scripts', () => {
  it.each([
    ['', ''],
    ['0 1 16 -1', '0051604f'],
    ['17 -17 127 128 -128 255 256', '01110191017f02800002808002ff00020001'],
    ['4294967295 -4294967295', '05ffffffff0005ffffffff80'],
    ['9223372036854775807', '08ffffffffffffff7f'],
    ["'Az' ''", '02417a00'],
    ['0x4c 0x0102', '4c0102'],
    ['DUP OP_DUP NOP CHECKSIGADD RESERVED', '767661ba50'],
    ['NOP2 CHECKLOCKTIMEVERIFY NOP3 CHECKSEQUENCEVERIFY NOP10', 'b1b1b2b2b9'],
    [' 1\t2\n 3 ', '515253'],
  ])('%s', (text, hex) => {
    expect(bytesToHex(assemble(text))).toBe(hex)
  })

  it.each(['OP_NOTHING', '0x1', '0x', "'open", '1.5', 'dup'])('%s is no word', (word) => {
    expect(() => assemble(`1 ${word}`)).toThrow(`no word of a script: ${word}`)
  })

  it.each([
    [75, '4b'],
    [76, '4c4c'],
    [255, '4cff'],
    [256, '4d0001'],
    [65_536, '4e00000100'],
  ])('%d bytes are pushed behind %s', (length, prefix) => {
    expect(bytesToHex(push(new Uint8Array(length))).slice(0, prefix.length)).toBe(prefix)
    expect(push(new Uint8Array(length))).toHaveLength(prefix.length / 2 + length)
  })
})
