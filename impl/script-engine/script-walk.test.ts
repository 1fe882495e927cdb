import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, script } from '../testing/script-engine.ts'
import { removeSignature } from './operations/find-and-delete.ts'
import {
  encodePush,
  isMinimalPush,
  isPayToScriptHash,
  isPushOnly,
  ScriptWalk,
  witnessVersion,
} from './script-walk.ts'

const operations = (bytes: Uint8Array) => {
  const walk = new ScriptWalk(bytes)
  const seen: string[] = []
  while (walk.next()) seen.push(`${walk.opcode}:${Buffer.from(walk.data()).toString('hex')}`)
  return { seen, truncated: walk.truncated, offset: walk.offset }
}

describe('walking a script', () => {
  it('reads every kind of push', () => {
    expect(operations(hex('00 02aabb 4c01cc 4d0100dd 4e01000000ee 51 ac'.replaceAll(' ', ''))).seen).toEqual([
      '0:',
      '2:aabb',
      '76:cc',
      '77:dd',
      '78:ee',
      '81:',
      '172:',
    ])
  })

  it('stops at a push that lacks bytes, behind its length', () => {
    expect(operations(hex('5102aa'))).toEqual({ seen: ['81:'], truncated: true, offset: 2 })
    expect(operations(hex('4d01'))).toEqual({ seen: [], truncated: true, offset: 1 })
    expect(operations(hex('4effffffff'))).toEqual({ seen: [], truncated: true, offset: 5 })
  })

  it('round-trips pushes of every length class, minimally but for small numbers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 2, 75, 76, 77, 255, 256, 257, 65535, 65536),
        fc.nat({ max: 255 }),
        (length, fill) => {
          const data = new Uint8Array(length).fill(fill)
          const walk = new ScriptWalk(encodePush(data))
          expect(walk.next()).toBe(true)
          expect(Buffer.compare(walk.data(), data)).toBe(0)
          const isSmallNumber = length === 1 && ((fill >= 1 && fill <= 16) || fill === 0x81)
          expect(isMinimalPush(walk.opcode, data)).toBe(!isSmallNumber)
          expect(isMinimalPush(walk.opcode + 1, data)).toBe(length > 65535)
        },
      ),
    )
  })

  it('knows push-only scripts and output templates', () => {
    expect(isPushOnly(script('0 1 16 -1 <aa> RESERVED'))).toBe(true)
    expect(isPushOnly(script('1 NOP'))).toBe(false)
    expect(isPushOnly(hex('02aa'))).toBe(false)
    const hash = '11'.repeat(20)
    expect(isPayToScriptHash(script(`HASH160 <${hash}> EQUAL`))).toBe(true)
    expect(isPayToScriptHash(script(`HASH160 0x4c14${hash} EQUAL`))).toBe(false)
    expect(witnessVersion(script('0 <0102>'))).toBe(0)
    expect(witnessVersion(script(`16 <${'22'.repeat(40)}>`))).toBe(16)
    expect(witnessVersion(script(`1 <${'22'.repeat(41)}>`))).toBe(-1)
    expect(witnessVersion(script('1 <01>'))).toBe(-1)
    expect(witnessVersion(script('-1 <0102>'))).toBe(-1)
    expect(witnessVersion(script('1 0x4c020102'))).toBe(-1)
  })
})

describe('removing a signature', () => {
  const remove = (text: string, signature: string) =>
    Buffer.from(removeSignature(script(text), hex(signature))).toString('hex')

  it('takes whole pushes, also several in a row', () => {
    expect(remove('<aabb> <aabb> DUP <aabb>', 'aabb')).toBe('76')
    expect(remove('<aabbcc> DUP', 'aabb')).toBe('03aabbcc76')
  })

  it('looks only where an operation starts', () => {
    expect(remove('0x0402aabb01 DUP', 'aabb')).toBe('0402aabb0176')
  })

  it('leaves the same bytes pushed in another form', () => {
    expect(remove('0x4c02aabb DUP', 'aabb')).toBe('4c02aabb76')
  })

  it('removes OP_0 for an empty signature, and stops at a truncated push', () => {
    expect(remove('0 DUP 0', '')).toBe('76')
    expect(remove('0x05aa 0x02aabb', 'aabb')).toBe('05aa02aabb')
  })

  it('returns the very same script when there is nothing to remove', () => {
    const bytes = script('1 2 ADD')
    expect(removeSignature(bytes, hex('aa'))).toBe(bytes)
  })
})
