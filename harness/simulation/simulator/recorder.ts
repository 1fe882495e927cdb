import type { MessageFate, RunNodeChange, RunRecord } from '../../../reports/index.ts'
import { type CompiledItem, type CompiledStep, describeStep, type ItemTable } from '../../scenario/index.ts'
import { decodeMessages, hashesIn, parentHash, peekMessage } from '../../wire/index.ts'
import type { Host } from './host.ts'
import { journalEntry, outputEntries } from './journal.ts'

/** What the recorder may ask about the run. */
interface RecordedRun {
  readonly now: number
  readonly items: ItemTable
}

/** Writes a run down as plain data, line by line; without a sink it does nothing. */
export class Recorder {
  readonly #sink: ((line: RunRecord) => void) | undefined
  readonly #run: RecordedRun
  readonly #shown = new Set<CompiledItem>()
  #partition: { readonly at: number; readonly groups: readonly (readonly string[])[] } | undefined

  constructor(sink: ((line: RunRecord) => void) | undefined, run: RecordedRun) {
    this.#sink = sink
    this.#run = run
  }

  line(line: RunRecord): void {
    this.#sink?.(line)
  }

  step(step: CompiledStep): void {
    this.#sink?.({ type: 'step', at: this.#run.now, index: step.index, text: describeStep(step) })
  }

  message(from: Host, to: Host, bytes: Uint8Array, fate: MessageFate, arrivesAt: number | undefined): void {
    if (this.#sink === undefined) return
    const items = decodeMessages(bytes).flatMap(hashesIn)
    this.#sink({
      type: 'message',
      at: this.#run.now,
      ...(arrivesAt === undefined ? {} : { arrivesAt }),
      from: from.name,
      to: to.name,
      command: peekMessage(bytes).command,
      bytes: bytes.length,
      fate,
      ...(items.length === 0 ? {} : { items: items.map((hash) => this.#run.items.label(hash)) }),
    })
  }

  /** The item comes into the run, if it has not yet; the transactions of a block come before it. */
  item(item: CompiledItem): void {
    if (this.#sink === undefined || this.#shown.has(item)) return
    this.#shown.add(item)
    const common = { at: this.#run.now, name: item.name, hash: item.hash }
    if (item.kind === 'transaction') {
      this.#sink({ type: 'transaction', ...common, ...journalEntry(item, this.#run.items) })
      return
    }
    for (const transaction of item.transactions) this.item(transaction)
    this.#sink({
      type: 'block',
      ...common,
      parent: parentHash(item.header),
      height: item.height,
      transactions: item.transactions.length + 1,
      contents: item.transactions.map((transaction) => transaction.name),
      outputs: outputEntries(item.coinbase),
    })
  }

  change(host: Host, change: RunNodeChange['change'], detail: string): void {
    this.#sink?.({ type: 'node', at: this.#run.now, node: host.name, change, detail })
  }

  partition(groups: readonly (readonly string[])[]): void {
    this.endPartition()
    this.#partition = { at: this.#run.now, groups }
  }

  endPartition(): void {
    if (this.#partition !== undefined)
      this.#sink?.({ type: 'partition', ...this.#partition, untilMs: this.#run.now })
    this.#partition = undefined
  }
}
