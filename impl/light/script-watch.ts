import type { BlockNode } from '../chainstate/index.ts'
import type { ByteReader } from '../wire/index.ts'
import { BlockSearch } from './block-search.ts'
import { FilterHeaders } from './filter-headers.ts'
import type { LightContext, LightPeer } from './types.ts'

/** Finds what concerns some scripts: first agrees with peers on the hashes of filters, then searches block by block. */
export class ScriptWatch {
  readonly #filters: FilterHeaders
  readonly #search: BlockSearch

  constructor(context: LightContext) {
    this.#filters = new FilterHeaders(context)
    this.#search = new BlockSearch(context, this.#filters)
  }

  start(scripts: readonly Uint8Array[], fromHeight: number): void {
    this.#search.start(scripts, fromHeight)
  }

  /** Asks whatever is to be asked next. */
  proceed(): void {
    if (!this.#search.isStarted) return
    this.#filters.proceed()
    this.#search.proceed()
  }

  nextAt(): number {
    return Math.min(this.#filters.dueAt, this.#search.dueAt)
  }

  answer(peer: LightPeer, command: string, reader: ByteReader): void {
    if (command === 'cfheaders') this.#filters.takeHeaders(peer, reader)
    else if (command === 'cfcheckpt') this.#filters.takeCheckpoints(peer, reader)
    else if (command === 'cfilter' && !this.#filters.takeFilter(peer, reader))
      this.#search.takeFilter(peer, reader)
    else if (command === 'block' && !this.#filters.takeBlock(peer, reader))
      this.#search.takeBlock(peer, reader)
  }

  forget(peer: number): void {
    this.#filters.forget(peer)
    this.#search.forget(peer)
  }

  /** The best chain has left everything above this block. */
  rewind(fork: BlockNode): void {
    this.#filters.rewind(fork)
    this.#search.rewind(fork)
  }
}
