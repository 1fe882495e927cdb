import type { ChainLimits, ChainParameters } from '../../chains/index.ts'
import type { BlockNode } from '../../chainstate/index.ts'
import { randomNonce } from '../../collections/index.ts'
import { decodeTarget, medianTimePast, workOf } from '../../validation/index.ts'
import type { BlockHeader, Hasher } from '../../wire/index.ts'
import { ByteWriter, concatBytes, equalBytes } from '../../wire/index.ts'
import { BitList } from './bit-list.ts'

/** One header in so many is committed to by a bit. [Core HeadersSyncParams] */
const COMMITMENT_PERIOD = 641
/** Headers of the second pass are held back until so many follow them. */
const HELD_BACK = 15_218
/** No honest chain has more blocks a second. [Core headerssync.cpp] */
const BLOCKS_PER_SECOND = 6

export interface PresyncSetup {
  /** The last block that is known already. */
  readonly start: BlockNode
  readonly limits: ChainLimits
  readonly hasher: Hasher
  /** Work that the chain must show before anything of it is stored. */
  readonly workNeeded: bigint
  /** Unix seconds. */
  readonly now: number
  /** 16 random bytes. */
  readonly salt: Uint8Array
  /** A number in [0, 1) that places the commitments. */
  readonly chance: number
}

/** What a batch of headers led to. Failure is no proof of malice. */
export type PresyncStep =
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'going'
      /** Headers that may be stored now. */
      readonly released: readonly BlockHeader[]
      /** Ask for what follows this hash; absent when the peer has no more, be it enough or not. */
      readonly askFrom?: Uint8Array
    }

/**
 * Fetches a chain of headers twice, so that a peer cannot make the node store headers without having done the work of
 * a whole chain: the first time it only counts their work and keeps one salted bit in hundreds, the second time it
 * checks these bits and lets headers go once enough follow them. [Core headerssync.h]
 */
export class HeadersPresync {
  readonly #setup: PresyncSetup
  readonly #offset: number
  readonly #commitmentsMax: number
  readonly #commitments = new BitList()
  #checked = 0
  #pass: 'count' | 'fetch' = 'count'
  #position: Position
  #held: BlockHeader[] = []
  #hasEnough = false

  constructor(setup: PresyncSetup) {
    this.#setup = setup
    this.#offset = Math.floor(setup.chance * COMMITMENT_PERIOD)
    const { start, limits, now } = setup
    const seconds = now - medianTimePast(start, limits.medianTimeSpan) + limits.maxFutureSeconds
    this.#commitmentsMax = (BLOCKS_PER_SECOND * Math.max(seconds, 0)) / COMMITMENT_PERIOD
    this.#position = startOf(start)
  }

  /** The block from which both passes begin. */
  get start(): BlockNode {
    return this.#setup.start
  }

  /** Height of the last header that was counted. */
  get height(): number {
    return this.#position.height
  }

  /** Whether a header is the next one; others are announcements that have nothing to do with this. */
  continues(header: BlockHeader): boolean {
    return equalBytes(header.previousHash, this.#position.hash)
  }

  /** Takes the next batch, already known to be continuous and to have done its work. `isFull`: the peer may have more. */
  take(headers: readonly BlockHeader[], isFull: boolean): PresyncStep {
    return this.#pass === 'count' ? this.#count(headers, isFull) : this.#fetch(headers, isFull)
  }

  #count(headers: readonly BlockHeader[], isFull: boolean): PresyncStep {
    for (const header of headers) {
      const fault = this.#advance(header)
      if (fault !== undefined) return fault
      if (!this.#isCommitted()) continue
      this.#commitments.push(this.#bitOf(header))
      if (this.#commitments.length > this.#commitmentsMax) return failed('more headers than time allows')
    }
    if (this.#position.work >= this.#setup.workNeeded) {
      this.#pass = 'fetch'
      this.#position = startOf(this.#setup.start)
      return { kind: 'going', released: [], askFrom: this.#position.hash }
    }
    // A chain that ends here has too little work.
    return { kind: 'going', released: [], ...(isFull ? { askFrom: this.#position.hash } : {}) }
  }

  #fetch(headers: readonly BlockHeader[], isFull: boolean): PresyncStep {
    for (const header of headers) {
      const fault = this.#advance(header) ?? this.#compare(header)
      if (fault !== undefined) return fault
      this.#held.push(header)
      if (this.#position.work >= this.#setup.workNeeded) this.#hasEnough = true
    }
    const keep = this.#hasEnough ? 0 : HELD_BACK
    const released = this.#held.splice(0, Math.max(0, this.#held.length - keep))
    return { kind: 'going', released, ...(isFull ? { askFrom: this.#position.hash } : {}) }
  }

  /** True once the second pass has shown the work: from here on headers are stored as they come. */
  get isDone(): boolean {
    return this.#hasEnough
  }

  #advance(header: BlockHeader): PresyncStep | undefined {
    const { hash, height, bits, work } = this.#position
    if (!equalBytes(header.previousHash, hash)) return failed('headers do not continue')
    if (!isPermittedChange(height + 1, bits, header.bits, this.#setup.limits))
      return failed('impossible difficulty')
    this.#position = {
      hash: header.hash,
      height: height + 1,
      bits: header.bits,
      work: work + workOf(header.bits),
    }
    return undefined
  }

  #compare(header: BlockHeader): PresyncStep | undefined {
    if (this.#hasEnough || !this.#isCommitted()) return undefined
    const expected = this.#commitments.at(this.#checked++)
    return expected === this.#bitOf(header) ? undefined : failed('not the headers that were shown first')
  }

  #isCommitted(): boolean {
    return this.#position.height % COMMITMENT_PERIOD === this.#offset
  }

  #bitOf(header: BlockHeader): boolean {
    return (this.#setup.hasher.sha256(concatBytes(this.#setup.salt, header.hash))[0]! & 1) === 1
  }
}

interface Position {
  readonly hash: Uint8Array
  readonly height: number
  readonly bits: number
  readonly work: bigint
}

function startOf({ hash, height, bits, chainWork }: BlockNode): Position {
  return { hash, height, bits, work: chainWork }
}

function failed(reason: string): PresyncStep {
  return { kind: 'failed', reason }
}

/** Whether bits may follow others, whatever the times in between: by a factor of four at most, and only at the start of a period. [Core PermittedDifficultyTransition] */
function isPermittedChange(height: number, before: number, after: number, limits: ChainLimits): boolean {
  if (limits.allowMinDifficulty) return true
  if (height % limits.retargetInterval !== 0) return before === after
  if (limits.noRetargeting) return before === after
  const old = decodeTarget(before) ?? 0n
  const next = decodeTarget(after) ?? 0n
  const cap = (target: bigint): bigint => (target > limits.powLimit ? limits.powLimit : target)
  // Compact numbers are cut to three bytes, so the lower bound is lowered by as much.
  return next <= cap(old * 4n) && next >= cap(old / 4n) - (old >> 18n)
}

/** What a presync is begun with: the chain, the hour and chance. */
interface PresyncSource {
  readonly parameters: ChainParameters
  readonly hasher: Hasher
  /** Milliseconds of Unix time. */
  readonly now: number
  entropy(): number
}

/** A presync of the headers above `start`. */
export function createPresync(source: PresyncSource, start: BlockNode, workNeeded: bigint): HeadersPresync {
  return new HeadersPresync({
    start,
    limits: source.parameters.limits,
    hasher: source.hasher,
    workNeeded,
    now: Math.floor(source.now / 1000),
    salt: new ByteWriter(16).u64(randomNonce(source)).u64(randomNonce(source)).finish(),
    chance: source.entropy(),
  })
}
