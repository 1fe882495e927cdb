/** A disk, as steps act upon it. */
export interface StepDisk {
  fill(): void
  mend(): void
  flip(position: number): void
  misdirectNext(position: number): void
  rot(argument: number): void
  spoil(index: number): void
  msPerWrite: number
}

/** The running world, as steps act upon it; nodes and items go by their names. */
export interface StepWorld {
  /** To the first node where none is named. `header`, `announce`: see the step. */
  send(
    items: readonly string[],
    to: readonly string[] | undefined,
    as: 'whole' | 'header' | 'announce',
    via: 'peer' | 'submit',
  ): void
  /** Raw bytes from a scripted peer. */
  say(node: string, bytes: Uint8Array): void
  setLink(first: string, second: string, state: 'up' | 'down' | 'hold', oneWay: boolean): void
  partition(groups: readonly (readonly string[])[]): void
  heal(): void
  setClock(node: string, offsetSeconds: number, driftPpm: number): void
  /** At once, or in the midst of that write; `survives`: in 256ths of what is not yet synced. */
  crash(node: string, survives: number, atWrite: number | undefined): void
  stop(node: string): void
  wipe(node: string): void
  restart(node: string): void
  pause(node: string): void
  resume(node: string): void
  disk(node: string): StepDisk
  /** On the first node where none is named. */
  override(kind: 'invalidate' | 'reconsider', block: string, node: string | undefined): void
  /** For the record of the run: a node is no longer what it was. */
  changed(node: string, change: 'clock' | 'restart' | 'disk' | 'pause' | 'resume', detail: string): void
  /** Something rare has happened: counted as coverage. */
  mark(name: string): void
}
