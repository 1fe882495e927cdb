import {
  encodeAll,
  encodeBlock,
  sha256d,
  toHex,
  transactionTree,
  uint32,
  varBytes,
  workHash,
} from '../encoding/index.ts'
import type { Block, Header, Transaction } from '../vocabulary/index.ts'
import { decodeCompact, encodeCompact, NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'
import { decodeChainFile } from './decode.ts'

/** What makes a new chain its own. */
export interface Founding {
  /** A slug. */
  readonly name: string
  /** Written into the genesis for ever: at most 75 bytes of UTF-8. */
  readonly message: string
  /** Unix seconds of the genesis. */
  readonly time: number
  /** The chain file whose limits, deployments and address prefixes the new chain takes over. */
  readonly base: unknown
  /** Fields of the limits that differ from the base. */
  readonly limits?: Readonly<Record<string, unknown>>
  /** Deployments that differ from the base. */
  readonly deployments?: Readonly<Record<string, unknown>>
}

/** A chain file, or one line that says what is wrong. */
export type Founded =
  | { readonly ok: true; readonly file: object }
  | { readonly ok: false; readonly error: string }

const MESSAGE_BYTES_MAX = 75

/**
 * Founds a chain: mines a genesis at the easiest target, nonces from 0 on, and gives the chain file. The magic is
 * the start of the hash of the name, so that nodes of two chains do not understand each other.
 */
export function found({ name, message, time, base, limits = {}, deployments = {} }: Founding): Founded {
  const decoded = decodeChainFile(base)
  if (!decoded.ok) return decoded
  if (new TextEncoder().encode(message).length > MESSAGE_BYTES_MAX)
    return { ok: false, error: `message: expected at most ${MESSAGE_BYTES_MAX} bytes` }
  const parent = base as { readonly limits: object; readonly deployments: object }
  const {
    exceptions,
    scriptFlagExceptions,
    bip30Exceptions,
    signetChallenge,
    specifiedBelowHeight,
    ...inherited
  } = base as Record<string, unknown>
  const draft = {
    ...inherited,
    name,
    magic: toHex(sha256d(new TextEncoder().encode(name)).slice(0, 4)),
    limits: { ...parent.limits, ...limits },
    deployments: { ...parent.deployments, ...deployments },
  }
  const checked = decodeChainFile(draft)
  if (!checked.ok) return checked
  const { powLimit, initialSubsidySats } = checked.chain.limits
  const coinbase = genesisCoinbase(message, encodeCompact(powLimit), initialSubsidySats)
  const genesis = mine(coinbase, time, encodeCompact(powLimit), checked.chain.proofOfWork)
  return { ok: true, file: { ...draft, genesisBlock: toHex(encodeBlock(genesis)) } }
}

/** Pushes the bits and the message, and pays the subsidy to an unspendable output: genesis outputs cannot be spent anyway. */
function genesisCoinbase(message: string, bits: number, subsidy: bigint): Transaction {
  const pushes = [encodeAll(uint32, bits), new TextEncoder().encode(message)]
  return {
    version: 1,
    inputs: [
      {
        outpoint: { txid: NULL_HASH, index: NULL_INDEX },
        scriptSig: Uint8Array.from(pushes.flatMap((data) => [...encodeAll(varBytes, data)])),
        sequence: 0xffffffff,
        witness: [],
      },
    ],
    outputs: [{ value: sats(subsidy), script: Uint8Array.of(0x6a) }],
    lockTime: 0,
  }
}

function mine(coinbase: Transaction, time: number, bits: number, proofOfWork: 'sha256d' | 'scrypt'): Block {
  const { target } = decodeCompact(bits)
  const merkleRoot = transactionTree([coinbase]).root
  for (let nonce = 0; ; nonce += 1) {
    const header: Header = { version: 1, previous: NULL_HASH, merkleRoot, time, bits, nonce }
    if (BigInt(`0x${workHash(proofOfWork, header)}`) <= target) return { header, transactions: [coinbase] }
  }
}
