import type { CompiledItem, ItemTable } from '../../scenario/index.ts'
import { MESSAGE_HEADER_BYTES } from '../../wire/index.ts'
import type { Host } from './host.ts'
import type { Judgement } from './watcher.ts'

interface Received {
  readonly peer: number
  readonly item: CompiledItem
}

/** Says which bytes a node has judged, where several items share a hash. */
export class Twins {
  readonly #items: ItemTable
  /** Of such items: what each host has received and not yet judged, in order. */
  readonly #received = new Map<Host, Received[]>()

  constructor(items: ItemTable) {
    this.#items = items
  }

  /** A message has come to a host over a connection. */
  received(host: Host, peer: number, bytes: Uint8Array): void {
    const item = this.#items.twinOf(bytes.subarray(MESSAGE_HEADER_BYTES))
    if (item === undefined) return
    const received = this.#received.get(host) ?? []
    received.push({ peer, item })
    this.#received.set(host, received)
  }

  /** What exactly the node has judged: the submitted item, or the bytes as they came; undefined when nobody made it. */
  judged(host: Host, { hash, tag, peer }: Judgement): CompiledItem | undefined {
    if (tag !== undefined) return this.#items.named(tag)
    const received = this.#received.get(host)
    const index = received?.findIndex((message) => message.peer === peer && message.item.hash === hash) ?? -1
    return index === -1 ? this.#items.withHash(hash)[0] : received!.splice(index, 1)[0]!.item
  }

  /** The node has nothing left to do: what it has not judged by now it never will. */
  settled(host: Host): void {
    this.#received.delete(host)
  }
}
