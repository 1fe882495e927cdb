/** Small subjects for the tests of rules: what a test is not about has a harmless value. */
import type { Limits } from '../chains/index.ts'
import { chainByName } from '../chains/index.ts'
import { blockHash, fromHex, transactionTree } from '../encoding/index.ts'
import type { Outcome } from '../language/index.ts'
import { ok } from '../language/index.ts'
import type { Block, Branch, Coin, Header, Input, Output, Transaction } from '../vocabulary/index.ts'
import { hash, height, NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'

/** The main chain's limits. */
export const LIMITS: Limits = chainByName('bitcoin')!.limits

/** What a rule says, in one word. */
export const verdict = (outcome: Outcome): 'kept' | 'broken' => (outcome === ok ? 'kept' : 'broken')

/** Bytes of a script or witness item. */
export const bytes = (length: number, byte = 0x51): Uint8Array => new Uint8Array(length).fill(byte)

/** An input that spends output `index` of a transaction whose id is all ones. */
export function input(changes: Partial<Input> & { index?: number } = {}): Input {
  const { index = 0, ...rest } = changes
  const outpoint = { txid: hash('11'.repeat(32)), index }
  return { outpoint, scriptSig: bytes(0), sequence: 0xffffffff, witness: [], ...rest }
}

/** An output of some sats that anyone may spend. */
export function output(value: bigint | number = 0, script: Uint8Array = bytes(1)): Output {
  return { value: sats(value), script }
}

/** A transaction of one input and one output. */
export function transaction(changes: Partial<Transaction> = {}): Transaction {
  return { version: 2, inputs: [input()], outputs: [output()], lockTime: 0, ...changes }
}

/** A coinbase; its input script has two bytes. */
export function coinbase(changes: Partial<Input> = {}, outputs: readonly Output[] = [output()]): Transaction {
  const outpoint = { txid: NULL_HASH, index: NULL_INDEX }
  return transaction({ inputs: [input({ outpoint, scriptSig: bytes(2), ...changes })], outputs })
}

/** A header of the easiest difficulty of a regression test. */
export function header(changes: Partial<Header> = {}): Header {
  return {
    version: 4,
    previous: NULL_HASH,
    merkleRoot: NULL_HASH,
    time: 0,
    bits: 0x207fffff,
    nonce: 0,
    ...changes,
  }
}

/** A block whose header commits to its transactions. */
export function block(
  transactions: readonly Transaction[] = [coinbase()],
  changes: Partial<Header> = {},
): Block {
  const { root } = transactionTree(transactions)
  return { header: header({ merkleRoot: root, ...changes }), transactions }
}

/** Blocks of these times on top of each other, the first at height `from`; the last of them. */
export function branch(times: readonly number[], changes: Partial<Header> = {}, from = 0): Branch {
  let top: Branch | undefined
  for (const [index, time] of times.entries()) {
    const next = header({ time, nonce: index, ...changes })
    const parent: { parent?: Branch } = top === undefined ? {} : { parent: top }
    top = { hash: blockHash(next), header: next, height: height(from + index), chainWork: 0n, ...parent }
  }
  return top!
}

/** A coin of some sats. */
export function coin(changes: { value?: bigint | number; height?: number; isCoinbase?: boolean } = {}): Coin {
  const { value = 0, height: at = 0, isCoinbase = false } = changes
  return { output: output(value), height: height(at), isCoinbase }
}

/** A coinbase's output that commits to 32 bytes, with whatever comes after them. */
export function commitmentOutput(committed: Uint8Array, ...after: number[]): Output {
  return output(0, Uint8Array.of(...fromHex('6a24aa21a9ed'), ...committed, ...after))
}
