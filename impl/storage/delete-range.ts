import { equalBytes } from '../wire/index.ts'
import type { OrderedStore, StoreOperation } from './ports.ts'
import { StoreError } from './store-error.ts'

const SLICE_KEYS = 20_000

/**
 * Removes every key from `start` up to `end`, which is left, slice by slice; may be cut short and repeated.
 * @throws StoreError where a key is listed that cannot be deleted: in a damaged page it is found in its order, not by name
 */
export function deleteRange(store: OrderedStore, start: Uint8Array, end: Uint8Array): void {
  for (let before: Uint8Array | undefined; ; ) {
    const doomed: Uint8Array[] = []
    for (const [key] of store.range(start, end, { limit: SLICE_KEYS })) doomed.push(key)
    const [first] = doomed
    if (first === undefined) return
    if (before !== undefined && equalBytes(first, before))
      throw new StoreError('the store lists keys that it cannot delete')
    before = first
    store.batch(doomed.map((key): StoreOperation => ({ delete: key })))
  }
}
