import { filterHash, filterMayMatch } from '../filters/index.ts'
import type { Hasher } from '../wire/index.ts'
import { bytesKey, DecodeError } from '../wire/index.ts'

/** What peers say of the hashes of filters over one range of blocks, all starting from the same header. */
export class FilterClaims {
  readonly #claims = new Map<number, readonly Uint8Array[]>()

  get count(): number {
    return this.#claims.size
  }

  has(peer: number): boolean {
    return this.#claims.has(peer)
  }

  add(peer: number, hashes: readonly Uint8Array[]): void {
    this.#claims.set(peer, hashes)
  }

  drop(peer: number): void {
    this.#claims.delete(peer)
  }

  hashesOf(peer: number): readonly Uint8Array[] {
    return this.#claims.get(peer) ?? []
  }

  hashOf(peer: number, index: number): Uint8Array | undefined {
    return this.#claims.get(peer)?.[index]
  }

  peers(): number[] {
    return [...this.#claims.keys()]
  }

  /** Peers that do not say of one position what most say; nothing when no number is the largest. */
  minority(index: number): number[] | undefined {
    const camps = new Map<string, number[]>()
    for (const [peer, hashes] of this.#claims) {
      const key = bytesKey(hashes[index]!)
      camps.set(key, [...(camps.get(key) ?? []), peer])
    }
    const [most, ...others] = [...camps.values()].sort((a, b) => b.length - a.length)
    return others[0]?.length === most?.length ? undefined : others.flat()
  }

  /** The hashes if all agree; otherwise the first position at which two peers differ. */
  compare(): { readonly agreed: readonly Uint8Array[] } | { readonly differAt: number } {
    const [first, ...others] = [...this.#claims.values()]
    if (first === undefined) return { agreed: [] }
    for (let i = 0; i < first.length; i++)
      for (const other of others) if (bytesKey(first[i]!) !== bytesKey(other[i]!)) return { differAt: i }
    return { agreed: first }
  }
}

/**
 * Why a filter is a lie about a block, or nothing: its hash is not the one that was claimed, or it leaves out the script
 * of an output. Scripts of spent coins cannot be checked without these coins. [BIP157 §Client Operation]
 */
export function filterFault(
  filter: Uint8Array,
  claimed: Uint8Array,
  blockHash: Uint8Array,
  outputScripts: readonly Uint8Array[],
  hasher: Hasher,
): string | undefined {
  if (bytesKey(filterHash(filter, hasher)) !== bytesKey(claimed)) return 'filter is not the one claimed'
  try {
    for (const script of outputScripts)
      if (!filterMayMatch(filter, blockHash, [script])) return 'filter leaves out an output'
  } catch (error) {
    if (error instanceof DecodeError) return 'filter cannot be read'
    throw error
  }
  return undefined
}
