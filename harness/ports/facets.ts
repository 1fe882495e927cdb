import type {
  BlockOnParentRequest,
  Library,
  ScriptErrorName,
  ScriptRequest,
  SignatureHashRequest,
  SingleBlockRequest,
} from './library.ts'
import type { Hex } from './references.ts'

/** What an engine may be asked beside chains. A target that lacks a facet does not have it; nobody stands in for it. */
export interface Facets {
  readonly scripts?: ScriptFunctions
  readonly contextFree?: ContextFreeFunctions
  /** Where it can be asked of scripts, transactions and blocks without a chain. */
  readonly library?: Library
  readonly light?: LightFunctions
  readonly addresses?: AddressFunctions
}

export type FacetName = keyof Facets

/** Single scripts, and what is hashed and signed for them. */
export interface ScriptFunctions {
  verifyScript(request: ScriptRequest): ScriptErrorName
  signatureHash(request: SignatureHashRequest): Hex
  verifySchnorr(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** BIP66 strict encoding of a signature that carries its hash type byte. */
  isStrictDer(signature: Uint8Array): boolean
  /** The output script of a taproot output with this internal key and Merkle root. [BIP341] */
  taprootOutputScript(internalKey: Uint8Array, merkleRoot: Uint8Array | undefined): Uint8Array
}

/** Checks of things without the chain that they belong to. */
export interface ContextFreeFunctions {
  /** The checks a transaction must pass with no context at all; `ok` or Core's reject string. */
  checkTransaction(transaction: Uint8Array): string
  /** `ok`, or the reject string of the first rule broken, or `script: NAME` with the input's script error. */
  checkBlock(request: SingleBlockRequest): string
  /** `ok`, or the reject string of the first rule that a block breaks on its parent: of its header, its lock times, its height. */
  checkOnParent(request: BlockOnParentRequest): string
}

/** What light nodes compute beside the consensus: no rule, so that the specification has none of it. */
export interface LightFunctions {
  /** SipHash-2-4 under a key of 16 bytes. */
  sipHash(key: Uint8Array, data: Uint8Array): bigint
  /** The basic filter of a block and the scripts of the coins it spends. [BIP158] */
  basicFilter(block: Uint8Array, spentScripts: readonly Uint8Array[]): Uint8Array
  /** The header over a filter; hashes as serialized. [BIP157] */
  filterHeader(filter: Uint8Array, previousHeader: Uint8Array): Uint8Array
}

/** Encodings for people, which no rule of consensus mentions, so that the specification has none of them. */
export interface AddressFunctions {
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
