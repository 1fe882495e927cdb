import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../testing.ts'
import { stackOpcodes } from './stack.ts'

/** From these items, pushed left to right, to those; `less` has one item too few. */
const EFFECTS: Record<string, [string, string[]]> = {
  OP_2DROP: ['5 6', []],
  OP_2DUP: ['5 6', ['05', '06', '05', '06']],
  OP_3DUP: ['5 6 7', ['05', '06', '07', '05', '06', '07']],
  OP_2OVER: ['5 6 7 8', ['05', '06', '07', '08', '05', '06']],
  OP_2ROT: ['5 6 7 8 9 10', ['07', '08', '09', '0a', '05', '06']],
  OP_2SWAP: ['5 6 7 8', ['07', '08', '05', '06']],
  OP_DROP: ['5', []],
  OP_DUP: ['5', ['05', '05']],
  OP_NIP: ['5 6', ['06']],
  OP_OVER: ['5 6', ['05', '06', '05']],
  OP_ROT: ['5 6 7', ['06', '07', '05']],
  OP_SWAP: ['5 6', ['06', '05']],
  OP_TUCK: ['5 6', ['06', '05', '06']],
  OP_IFDUP: ['5', ['05', '05']],
  OP_SIZE: ['<aabb>', ['aabb', '02']],
  OP_TOALTSTACK: ['5', []],
  OP_PICK: ['5 6 7 2', ['05', '06', '07', '05']],
  OP_ROLL: ['5 6 7 2', ['06', '07', '05']],
}

describe('opcodes that move items', () => {
  it.each(Object.entries(EFFECTS))('%s', (name, [before, after]) => {
    expect(outcomeOf(`${before} ${name.slice(3)}`)).toEqual({ error: 'OK', stack: after })
    const less = before.split(' ').slice(1).join(' ')
    expect(outcomeOf(`${less} ${name.slice(3)}`).error).toBe('INVALID_STACK_OPERATION')
  })

  it('none is forgotten', () => {
    const elsewhere = ['OP_DEPTH', 'OP_FROMALTSTACK']
    expect(stackOpcodes.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(EFFECTS), ...elsewhere].sort(),
    )
  })

  it('OP_DEPTH counts what is there', () => {
    expect(outcomeOf('DEPTH DEPTH DEPTH').stack).toEqual(['', '01', '02'])
  })

  it('OP_IFDUP leaves what is false alone', () => {
    expect(outcomeOf('0 IFDUP').stack).toEqual([''])
  })

  it('OP_FROMALTSTACK takes the last item put there', () => {
    expect(outcomeOf('5 6 TOALTSTACK TOALTSTACK FROMALTSTACK').stack).toEqual(['05'])
    expect(outcomeOf('5 FROMALTSTACK').error).toBe('INVALID_ALTSTACK_OPERATION')
  })

  it.each(['PICK', 'ROLL'])('OP_%s reaches from the top to the bottom and no further', (name) => {
    const reach = (depth: number) => outcomeOf(`5 6 7 ${depth} ${name}`).error
    expect([-1, 0, 2, 3].map(reach)).toEqual([
      'INVALID_STACK_OPERATION',
      'OK',
      'OK',
      'INVALID_STACK_OPERATION',
    ])
  })
})
