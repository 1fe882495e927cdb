import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RecentSet } from './recent-set.ts'

/** The same set as a list, oldest first. */
class Model {
  keys: string[] = []
  readonly sizeMax: number

  constructor(sizeMax: number) {
    this.sizeMax = sizeMax
  }

  add(key: string): void {
    if (this.keys.includes(key)) return
    this.keys = [...this.keys, key].slice(-this.sizeMax)
  }

  delete(key: string): void {
    this.keys = this.keys.filter((entry) => entry !== key)
  }

  clear(): void {
    this.keys = []
  }
}

test('forgets the oldest, whatever is added, deleted and cleared', () => {
  const key = fc.nat(9).map(String)
  const command = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), key }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), key }) },
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(command, { maxLength: 60 }), (sizeMax, commands) => {
      const set = new RecentSet(sizeMax)
      const model = new Model(sizeMax)
      for (const { kind, key: subject } of commands) {
        set[kind](subject)
        model[kind](subject)
        for (let digit = 0; digit < 10; digit++)
          expect(set.has(`${digit}`)).toBe(model.keys.includes(`${digit}`))
        expect(set.size).toBe(model.keys.length)
      }
    }),
  )
})

test('a set of size zero keeps nothing', () => {
  const set = new RecentSet(0)
  set.add('a')
  expect(set.size).toBe(0)
})

test('a full set looks for its oldest key with one iterator', () => {
  const values = vi.spyOn(Set.prototype, 'values')
  const iterate = vi.spyOn(Set.prototype, Symbol.iterator)
  const set = new RecentSet(100)
  for (let i = 0; i < 1000; i++) set.add(`${i}`)
  const made = values.mock.calls.length + iterate.mock.calls.length
  vi.restoreAllMocks()
  expect(made).toBe(1)
  expect([set.has('899'), set.has('900')]).toEqual([false, true])
})
