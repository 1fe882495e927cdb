import type { HashHex } from '../ports/index.ts'
import type { CompiledBlock, CompiledItem } from './compiled.ts'

/** All blocks and transactions of a run, by name and by hash. It may grow while the run goes on. */
export class ItemTable {
  readonly #byName = new Map<string, CompiledItem>()
  /** Several items share a hash where only bytes outside of it differ (witnesses, repeated transactions). */
  readonly #byHash = new Map<HashHex, CompiledItem[]>()
  readonly #twins: CompiledItem[] = []

  constructor(items: Iterable<CompiledItem> = []) {
    for (const item of items) this.add(item)
  }

  add(item: CompiledItem): void {
    this.#byName.set(item.name, item)
    const twins = this.#byHash.get(item.hash)
    if (twins === undefined) this.#byHash.set(item.hash, [item])
    else {
      if (twins.length === 1) this.#twins.push(twins[0]!)
      this.#twins.push(item)
      twins.push(item)
    }
  }

  /** Throws for a name that is not there: the compiler has checked every name. */
  named(name: string): CompiledItem {
    const item = this.#byName.get(name)
    if (item === undefined) throw new Error(`no item is named ${name}`)
    return item
  }

  block(name: string): CompiledBlock {
    const item = this.named(name)
    if (item.kind !== 'block') throw new Error(`${name} is no block`)
    return item
  }

  /** Items with this hash, in the order in which they were made. */
  withHash(hash: HashHex): readonly CompiledItem[] {
    return this.#byHash.get(hash) ?? []
  }

  /** Name of the first item with this hash, or the hash's last eight digits. */
  label(hash: HashHex): string {
    return this.#byHash.get(hash)?.[0]?.name ?? hash.slice(-8)
  }

  /** Of several items with one hash the one with exactly these bytes; undefined where a hash determines all. */
  twinOf(bytes: Uint8Array): CompiledItem | undefined {
    return this.#twins.find((item) => Buffer.compare(item.bytes, bytes) === 0)
  }

  [Symbol.iterator](): Iterator<CompiledItem> {
    return this.#byName.values()
  }
}
