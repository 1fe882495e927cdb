import { RecentSet } from '../../collections/index.ts'
import { hashKey } from '../../wire/index.ts'

/**
 * Remembers transactions all of whose input scripts were found valid, by wtxid, flags and activation context (which
 * set of rules was in force, for instance the chain and its deployments), so that nothing learnt under one set of
 * rules is believed under another. Add entries after `settle`, in the order of the block. [Core ValidationCache]
 */
export class ScriptCache {
  readonly #keys: RecentSet

  constructor(entriesMax: number) {
    this.#keys = new RecentSet(entriesMax)
  }

  has(wtxid: Uint8Array, flags: number, context: string): boolean {
    return this.#keys.has(entry(wtxid, flags, context))
  }

  add(wtxid: Uint8Array, flags: number, context: string): void {
    this.#keys.add(entry(wtxid, flags, context))
  }
}

function entry(wtxid: Uint8Array, flags: number, context: string): string {
  return `${hashKey(wtxid)}${flags}/${context}`
}
