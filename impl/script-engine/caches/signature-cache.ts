import { RecentSet } from '../../collections/index.ts'
import type { Hasher } from '../../wire/index.ts'
import { bytesKey, concatBytes } from '../../wire/index.ts'

const ECDSA = Uint8Array.of(0x45)
const SCHNORR = Uint8Array.of(0x53)

/** Remembers which signatures were found valid. */
export interface SignatureMemory {
  has(entry: string): boolean
  /** Only ever called for a signature that verified. */
  add(entry: string): void
}

/** A bounded memory of valid signatures, shared by whatever judges scripts; the oldest entries go first. */
export class SignatureCache implements SignatureMemory {
  readonly #keys: RecentSet

  constructor(entriesMax: number) {
    this.#keys = new RecentSet(entriesMax)
  }

  has(entry: string): boolean {
    return this.#keys.has(entry)
  }

  add(entry: string): void {
    this.#keys.add(entry)
  }
}

/**
 * A memory that reads from another and keeps what is new to itself until `commit`: so that checks which run in any
 * order, or whose block turns out invalid, leave the shared memory as if they had run one after the other.
 */
export class PendingSignatures implements SignatureMemory {
  readonly #base: SignatureMemory
  readonly #added: string[] = []

  constructor(base: SignatureMemory) {
    this.#base = base
  }

  has(entry: string): boolean {
    return this.#base.has(entry)
  }

  add(entry: string): void {
    this.#added.push(entry)
  }

  commit(): void {
    for (const entry of this.#added) this.#base.add(entry)
  }
}

/** The entry of a signature: independent of flags, since a signature's validity is. */
export function signatureEntry(
  kind: 'ecdsa' | 'schnorr',
  message: Uint8Array,
  publicKey: Uint8Array,
  signature: Uint8Array,
  hasher: Hasher,
): string {
  const bytes = concatBytes(kind === 'ecdsa' ? ECDSA : SCHNORR, message, publicKey, signature)
  return bytesKey(hasher.sha256(bytes))
}
