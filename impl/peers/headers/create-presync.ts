import type { ChainParameters } from '../../chains/index.ts'
import type { BlockNode } from '../../chainstate/index.ts'
import { randomNonce } from '../../collections/index.ts'
import type { Hasher } from '../../wire/index.ts'
import { ByteWriter } from '../../wire/index.ts'
import { HeadersPresync } from './presync.ts'

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
