import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../testing.ts'

const hash = (name: string, data: Uint8Array) => createHash(name).update(data).digest()
const ITEM = Uint8Array.of(1, 2, 3)

describe('hashes', () => {
  it.each([
    ['RIPEMD160', hash('ripemd160', ITEM)],
    ['SHA1', hash('sha1', ITEM)],
    ['SHA256', hash('sha256', ITEM)],
    ['HASH160', hash('ripemd160', hash('sha256', ITEM))],
    ['HASH256', hash('sha256', hash('sha256', ITEM))],
  ])('OP_%s as another library computes it', (name, expected) => {
    expect(outcomeOf(`<010203> ${name}`).stack).toEqual([expected.toString('hex')])
    expect(outcomeOf(name).error).toBe('INVALID_STACK_OPERATION')
  })
})

describe('equality', () => {
  it('compares bytes, not numbers', () => {
    expect(outcomeOf('<01> <01> EQUAL').stack).toEqual(['01'])
    expect(outcomeOf('<01> <0100> EQUAL').stack).toEqual([''])
    expect(outcomeOf('<01> <01> EQUALVERIFY')).toEqual({ error: 'OK', stack: [] })
    expect(outcomeOf('<01> <0100> EQUALVERIFY').error).toBe('EQUALVERIFY')
    expect(outcomeOf('1 EQUAL').error).toBe('INVALID_STACK_OPERATION')
  })
})
