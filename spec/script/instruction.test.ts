import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../encoding/index.ts'
import { encodePush, instructions, isMinimalPush, isPushOnly, readInstruction } from './instruction.ts'

describe('instructions', () => {
  it.each([
    ['0100', 1, '00'],
    [`4b${'11'.repeat(75)}`, 0x4b, '11'.repeat(75)],
    ['4c0122', 0x4c, '22'],
    ['4d010033', 0x4d, '33'],
    ['4e0100000044', 0x4e, '44'],
    ['76', 0x76, ''],
  ])('%s is one instruction', (script, code, data) => {
    expect(readInstruction(fromHex(script), 0)).toEqual({
      code,
      data: fromHex(data),
      nextOffset: script.length / 2,
    })
  })

  it.each(['01', '0211', '4c', '4c01', '4d01', '4d0200aa', '4e010000', '4e0100000080000000'.slice(0, 10)])(
    '%s runs over the end',
    (script) => {
      expect(readInstruction(fromHex(script), 0)).toBeUndefined()
      expect([...instructions(fromHex(`76${script}`))].at(-1)).toBeUndefined()
    },
  )

  it('a push of data is read as that data', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (data) => {
        const push = encodePush(data)
        expect(readInstruction(push, 0)).toMatchObject({ data, nextOffset: push.length })
      }),
    )
  })

  it.each([
    [0, 0],
    [75, 75],
    [76, 0x4c],
    [255, 0x4c],
    [256, 0x4d],
    [65_535, 0x4d],
    [65_536, 0x4e],
  ])('%d bytes are pushed by code %d', (length, code) => {
    expect(encodePush(new Uint8Array(length))[0]).toBe(code)
  })

  it('minimal pushes use the opcodes of small numbers', () => {
    const minimal = (code: number, ...data: number[]) => isMinimalPush({ code, data: Uint8Array.from(data) })
    expect([minimal(0), minimal(1, 0), minimal(1, 17), minimal(2, 1, 1)]).toEqual([true, true, true, true])
    expect([minimal(1, 1), minimal(1, 16), minimal(1, 0x81), minimal(0x4c), minimal(0x4c, 17)]).toEqual(
      Array(5).fill(false),
    )
  })

  it('a script of pushes has nothing above OP_16, and can be read to its end', () => {
    expect(['', '00515060', '0101'].map((script) => isPushOnly(fromHex(script)))).toEqual([true, true, true])
    expect(['61', '5161', '02aa'].map((script) => isPushOnly(fromHex(script)))).toEqual([false, false, false])
  })
})
