import { expect, test } from 'vitest'
import { MemoryOrderedStore } from '../platform/index.ts'
import { forgetCoins } from './rebuild.ts'
import { COIN_KEYS } from './store-keys.ts'

const GENESIS = new Uint8Array(32)

/** A page whose order is damaged: keys are listed that nobody finds by name. */
class UndeletableStore extends MemoryOrderedStore {
  override batch(operations: Parameters<MemoryOrderedStore['batch']>[0]): void {
    super.batch(operations.filter((operation) => 'put' in operation))
  }
}

const withCoins = (store: MemoryOrderedStore) => {
  store.batch([{ put: Uint8Array.of(...COIN_KEYS.start, 1), value: Uint8Array.of(1) }])
  return store
}

test('coins are forgotten', () => {
  const store = withCoins(new MemoryOrderedStore())
  forgetCoins(store, GENESIS)
  expect([...store.range(COIN_KEYS.start, COIN_KEYS.end)]).toEqual([])
})

test('coins that cannot be deleted are an error, not a loop without end', () => {
  expect(() => forgetCoins(withCoins(new UndeletableStore()), GENESIS)).toThrow(
    'the store lists coins that it cannot delete',
  )
})
