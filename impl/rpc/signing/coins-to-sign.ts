import { isPayToScriptHash, witnessVersion } from '../../script-engine/index.ts'
import { bytesToHex, concatBytes, equalBytes, type Transaction, type TxOutput } from '../../wire/index.ts'
import { scriptText } from '../describe/script-text.ts'
import { memberOf, neededMember, parseHash, parseHex, recordOf } from '../member.ts'
import type { RpcNode } from '../node.ts'
import { outpointOf } from '../outpoint.ts'
import { readAmount } from '../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../rpc-error.ts'
import type { KeyRing } from './key-ring.ts'

/** A coin to be spent; its value may be unknown, which signatures before witnesses do not mind. */
export interface CoinToSign {
  readonly script: Uint8Array
  readonly value: number | undefined
}

/** The coins of a transaction: those that the caller gives, then those of the pool and the chain. Throws RpcError. */
export function coinsToSign(
  transaction: Transaction,
  given: readonly unknown[],
  ring: KeyRing,
  node: RpcNode,
): (CoinToSign | undefined)[] {
  const known = (outpoint: Uint8Array, index: number): TxOutput | undefined =>
    node.view.pool.pool.outputOf(outpoint, index) ?? node.view.chain.coin(outpoint)
  const named = new Map<string, CoinToSign>()
  for (const item of given) {
    if (typeof item !== 'object' || item === null)
      throw new RpcError(RPC.deserialization, 'expected object with {"txid\'","vout","scriptPubKey"}')
    const coin = recordOf(item)
    const txid = parseHash(neededMember(coin, 'txid', 'string'), 'txid')
    const index = neededMember(coin, 'vout', 'number')
    if (index < 0) throw new RpcError(RPC.deserialization, 'vout cannot be negative')
    const script = parseHex(neededMember(coin, 'scriptPubKey', 'string'), 'scriptPubKey')
    const outpoint = outpointOf(txid, index)
    const own = known(outpoint, index)
    if (own !== undefined && !equalBytes(own.script, script))
      throw new RpcError(
        RPC.deserialization,
        `Previous output scriptPubKey mismatch:\n${scriptText(own.script)}\nvs:\n${scriptText(script)}`,
      )
    const amount = coin.amount
    named.set(bytesToHex(outpoint), { script, value: amount === undefined ? undefined : readAmount(amount) })
    addScripts(coin, script, ring, node)
  }
  return transaction.inputs.map(
    ({ outpoint, prevIndex }) => named.get(bytesToHex(outpoint)) ?? known(outpoint, prevIndex),
  )
}

/** The scripts behind the hashes of a coin, which must fit it. [Core ParsePrevouts] */
function addScripts(
  coin: Readonly<Record<string, unknown>>,
  script: Uint8Array,
  ring: KeyRing,
  { view }: RpcNode,
): void {
  const isWitnessHash = witnessVersion(script) === 0 && script.length === 34
  if (!isPayToScriptHash(script) && !isWitnessHash) return
  const redeem = memberOf(coin, 'redeemScript', 'string')
  const witness = memberOf(coin, 'witnessScript', 'string')
  if (redeem === undefined && witness === undefined)
    throw invalidParameter('Missing redeemScript/witnessScript')
  const inner = parseHex(witness ?? redeem, witness === undefined ? 'redeemScript' : 'witnessScript')
  const { crypto } = view
  const wrapped = concatBytes(Uint8Array.of(0, 32), crypto.sha256(inner))
  if (witness !== undefined && redeem !== undefined && witness !== redeem && redeem !== bytesToHex(wrapped))
    throw invalidParameter('redeemScript does not correspond to witnessScript')
  const nests = isWitnessHash
    ? [wrapped]
    : [inner, wrapped].map((nested) =>
        concatBytes(Uint8Array.of(0xa9, 20), crypto.hash160(nested), Uint8Array.of(0x87)),
      )
  if (!nests.some((nest) => equalBytes(nest, script)))
    throw invalidParameter('redeemScript/witnessScript does not match scriptPubKey')
  ring.addScript(inner)
  ring.addScript(wrapped)
}
