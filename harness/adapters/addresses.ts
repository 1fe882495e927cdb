import type { Engine } from '../ports/index.ts'

/** Encodings for people, which no rule of consensus mentions, so that the specification has none of them. */
interface AddressFunctions {
  encodeBase58(bytes: Uint8Array): string
  /** Undefined for what is no base 58. */
  decodeBase58(text: string): Uint8Array | undefined
  /** The output script of an address; undefined for what is none on this chain. */
  scriptOfAddress(text: string, chain: string): Uint8Array | undefined
  /** The address of an output script; undefined for a script that has none. */
  addressOfScript(script: Uint8Array, chain: string): string | undefined
  /** The private key in a text; undefined for what is none on this chain. */
  decodePrivateKey(text: string, chain: string): PrivateKey | undefined
  encodePrivateKey(key: PrivateKey, chain: string): string
}

interface PrivateKey {
  /** 32 bytes. */
  readonly secret: Uint8Array
  /** The public key has 33 bytes. */
  readonly isCompressed: boolean
}

export interface AddressEngine extends Engine {
  readonly addresses: AddressFunctions
}

/** The address functions of an engine that has any. */
export function addressFunctionsOf(engine: Engine): AddressFunctions | undefined {
  return 'addresses' in engine ? (engine as AddressEngine).addresses : undefined
}
