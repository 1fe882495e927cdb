import { describe, expect, it } from 'vitest'
import { defineModule, mapOf, oneOf, range, subsetOf } from '../../../spec/index.ts'
import { layoutOf } from './layout.ts'
import { ChangedState, createMemo } from './memo.ts'
import { createRecording } from './recording.ts'

const model = defineModule({
  name: 'Footprints',
  constants: {},
  variables: () => ({
    switch: oneOf(['left', 'right']),
    lamp: mapOf(['a', 'b'], range(0, 3)),
    wide: range(0, 1_000_000),
    seen: subsetOf(['x', 'y']),
  }),
  init: () => [{ switch: 'left' as const, lamp: { a: 0, b: 0 }, wide: 0, seen: [] }],
  actions: () => ({}),
})
type State = (typeof model.init)[number]
const layout = layoutOf(model)

function packed(state: Partial<State>): Uint32Array {
  const words = new Uint32Array(layout.width)
  layout.write({ ...model.init[0], ...state }, words)
  return words
}

/** A memo of the function, and how often the function itself is asked. */
function counted<Value>(evaluate: (state: State) => Value) {
  const asked = { times: 0 }
  const memo = createMemo(createRecording(layout), (state: State) => {
    asked.times++
    return evaluate(state)
  })
  return { asked, ask: (state: Partial<State>) => memo.ask(packed(state), 0) }
}

describe('a memo', () => {
  it('asks again only where what was read is different', () => {
    const { asked, ask } = counted(({ switch: side, lamp }) => (side === 'left' ? lamp.a : lamp.b))
    expect(ask({ lamp: { a: 1, b: 2 } })).toBe(1)
    expect(ask({ lamp: { a: 1, b: 3 }, wide: 7, seen: ['x'] })).toBe(1)
    expect(asked.times).toBe(1)
    expect(ask({ lamp: { a: 2, b: 3 } })).toBe(2)
    expect(ask({ lamp: { a: 2, b: 3 }, switch: 'right' })).toBe(3)
    expect(ask({ lamp: { a: 1, b: 3 }, switch: 'right' })).toBe(3)
    expect(asked.times).toBe(3)
  })
  it('distinguishes every value of a wide variable', () => {
    const { asked, ask } = counted(({ wide }) => wide)
    const values = [0, 1, 255, 256, 257, 65_536, 65_537, 1_000_000]
    for (const wide of [...values, ...values]) expect(ask({ wide })).toBe(wide)
    expect(asked.times).toBe(values.length)
  })
  it('takes a copy of a record as a reading of all its fields', () => {
    const { asked, ask } = counted(({ lamp }) => ({ ...lamp, a: 3 }))
    expect(ask({ lamp: { a: 0, b: 1 } })).toEqual({ a: 3, b: 1 })
    expect(ask({ lamp: { a: 0, b: 2 } })).toEqual({ a: 3, b: 2 })
    expect(asked.times).toBe(2)
  })
  it('gives up where nearly every state is different', () => {
    const { ask } = counted(({ wide }) => wide)
    const answers = Array.from({ length: 400 }, (_, wide) => ask({ wide }))
    expect(answers[200]).toBe(200)
    expect(answers[399]).toBeUndefined()
  })
  it.each([
    ['a number', (state: { wide: number }) => state.wide++],
    ['a list', ({ seen }: { seen: readonly string[] }) => (seen as string[]).push('y')],
  ])('notices that %s is changed in place', (_, change) => {
    const { ask } = counted((state) => change(state as never))
    expect(() => ask({ seen: ['x'] })).toThrow(ChangedState)
  })
  it('notices a function that is not pure', () => {
    let turn = 0
    const { ask } = counted(({ lamp }) => (turn++ === 0 ? lamp.a : lamp.b))
    ask({})
    expect(() => ask({ lamp: { a: 1, b: 0 } })).toThrow(
      'it reads something else than before in the same state',
    )
  })
})
