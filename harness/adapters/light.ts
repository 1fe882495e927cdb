import type { Engine } from '../ports/index.ts'

/** What light nodes compute beside the consensus: no rule, so that the specification has none of it. */
interface LightFunctions {
  /** SipHash-2-4 under a key of 16 bytes. */
  sipHash(key: Uint8Array, data: Uint8Array): bigint
  /** The basic filter of a block and the scripts of the coins it spends. [BIP158] */
  basicFilter(block: Uint8Array, spentScripts: readonly Uint8Array[]): Uint8Array
  /** The header over a filter; hashes as serialized. [BIP157] */
  filterHeader(filter: Uint8Array, previousHeader: Uint8Array): Uint8Array
}

export interface LightEngine extends Engine {
  readonly light: LightFunctions
}

/** The light functions of an engine that has any. */
export function lightFunctionsOf(engine: Engine): LightFunctions | undefined {
  return 'light' in engine ? (engine as LightEngine).light : undefined
}
