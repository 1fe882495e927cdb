import { expect, test } from 'vitest'
import { MemoryOrderedStore } from '../platform/index.ts'
import { deleteRange } from './delete-range.ts'

/** A page whose order is damaged: keys are listed that nobody finds by name. */
class UndeletableStore extends MemoryOrderedStore {
  override batch(operations: Parameters<MemoryOrderedStore['batch']>[0]): void {
    super.batch(operations.filter((operation) => 'put' in operation))
  }
}

const KEYS = [1, 2, 3].map((key) => Uint8Array.of(key))

function filled<Store extends MemoryOrderedStore>(store: Store): Store {
  store.batch(KEYS.map((key) => ({ put: key, value: Uint8Array.of(9) })))
  return store
}

const keysOf = (store: MemoryOrderedStore) =>
  [...store.range(new Uint8Array(0), Uint8Array.of(0xff))].map(([key]) => key[0])

test('what lies in the range is deleted, its end is left', () => {
  const store = filled(new MemoryOrderedStore())
  deleteRange(store, KEYS[0]!, KEYS[2]!)
  expect(keysOf(store)).toEqual([3])
})

test('keys that cannot be deleted are an error, not a loop without end', () => {
  const problem = 'the store lists keys that it cannot delete'
  expect(() => deleteRange(filled(new UndeletableStore()), KEYS[0]!, KEYS[2]!)).toThrow(problem)
})
