import type { Files, OrderedStore } from '../../ports/index.ts'
import type { Survival } from './disk-contract.ts'
import { SimulatedFiles } from './disk-files.ts'
import { SimulatedStore } from './disk-store.ts'

/** One node's disk: its files and its ordered store, which lose un-synced writes when the machine stops. */
export class SimulatedDisk {
  readonly files: Files
  readonly store: OrderedStore
  readonly #files: SimulatedFiles
  readonly #store: SimulatedStore
  #writesUntilStop: number | undefined
  #stopped = false
  #full = false
  #damaged = false
  #writes = 0
  /** Virtual ms that each write takes. */
  msPerWrite = 0

  constructor() {
    const beforeWrite = (kind: 'grow' | 'other') => this.#passWrite(kind)
    const beforeRead = () => this.#mustRun()
    this.files = this.#files = new SimulatedFiles(beforeWrite, beforeRead)
    this.store = this.#store = new SimulatedStore(beforeWrite, beforeRead)
  }

  /** The machine has stopped: every call throws. */
  get stopped(): boolean {
    return this.#stopped
  }

  stop(): void {
    this.#stopped = true
  }

  /** The machine stops instead of carrying out its `index`-th write from now on, counted from 0. */
  stopAtWrite(index: number): void {
    this.#writesUntilStop = index
  }

  /** The machine is to stop at some later write. */
  get isDoomed(): boolean {
    return this.#writesUntilStop !== undefined
  }

  get full(): boolean {
    return this.#full
  }

  /** A full disk refuses appends and batches, and lets everything else through. */
  fill(): void {
    this.#full = true
  }

  /** The disk has room, and each write takes no time. */
  mend(): void {
    this.#full = false
    this.msPerWrite = 0
  }

  /** Writes carried out so far. */
  get writes(): number {
    return this.#writes
  }

  /** Something that was written may read differently: a node that notices may stop, and none may go on with wrong data. */
  get damaged(): boolean {
    return this.#damaged
  }

  /** Inverts one bit of the byte at this position, modulo what the files hold. */
  flip(position: number): void {
    this.#files.flip(position)
    this.#damaged = true
  }

  /** What is appended next lands at this position, modulo what the files hold, and zeros where it belongs. */
  misdirectNext(position: number): void {
    this.#files.misdirectNext(position)
    this.#damaged = true
  }

  /** One record of the store cannot be read any more. */
  spoil(index: number): void {
    this.#store.spoil(index)
    this.#damaged = true
  }

  /** Inverts one bit in some values of the store, and nothing says so. */
  rot(argument: number): void {
    this.#store.rot(argument)
    this.#damaged = true
  }

  /** An empty disk stands in its place. */
  wipe(): void {
    this.#files.wipe()
    this.#store.wipe()
    this.#damaged = false
  }

  /** A new machine starts on what survives of the un-synced writes. */
  recover(survives: Survival): void {
    this.#files.loseUnsynced(survives)
    this.#store.loseUnsynced(survives)
    this.#writesUntilStop = undefined
    this.#stopped = false
  }

  #mustRun(): void {
    if (this.#stopped) throw new Error('the simulated machine has stopped')
  }

  #passWrite(kind: 'grow' | 'other'): void {
    this.#mustRun()
    if (this.#writesUntilStop !== undefined && this.#writesUntilStop-- === 0) {
      this.#stopped = true
      this.#mustRun()
    }
    if (this.#full && kind === 'grow') throw new Error('ENOSPC: no space left on the simulated device')
    this.#writes++
  }
}
