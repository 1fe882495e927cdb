import { decodeAddress } from '../../../address-encoding/index.ts'
import { assembleBlock } from '../../../mining/index.ts'
import { rejectLine, subsidyAt } from '../../../validation/index.ts'
import {
  ByteReader,
  bytesToHex,
  EMPTY_BYTES,
  hashFromHex,
  hashKey,
  parseBlock,
  type Transaction,
} from '../../../wire/index.ts'
import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import { grind, hashOf, submitMined, TRIES_MAX, templateOf } from '../../mine.ts'
import type { RpcNode } from '../../node.ts'
import { DescriptorError, scriptOfDescriptor } from '../../output-descriptor.ts'
import { flag, list, optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const generateblock = method({
  name: 'generateblock',
  category: 'mining',
  summary: 'Mines a block of the transactions that are listed, in their order',
  isHidden: true,
  parameters: {
    output: text('The address or descriptor that is paid'),
    transactions: list('Ids of unconfirmed transactions, or transactions in hex'),
    submit: optional(flag('Submit the block; otherwise return it in hex'), true),
  },
  run: ({ output, transactions, submit }, node) => {
    const script = scriptFor(output, node)
    const chosen = transactions.map((which) => findTransaction(String(which), node))
    const { chain, crypto } = node.view
    const template = {
      ...templateOf(node),
      entries: chosen.map((transaction) => ({ transaction })),
      coinbaseValue: subsidyAt(chain.tip.height + 1, chain.chain.limits),
    }
    const block = assembleBlock(template, script, EMPTY_BYTES, crypto)
    const verdict = chain.tryBlock(parseBlock(new ByteReader(block), crypto), Math.floor(node.now() / 1000))
    if (verdict?.outcome === 'rejected')
      throw new RpcError(RPC.verify, `TestBlockValidity failed: ${rejectLine(verdict)}`)
    if (!grind(node, block, TRIES_MAX)) throw new RpcError(RPC.misc, 'Failed to make block.')
    if (submit) submitMined(node, block)
    return { hash: hashOf(node, block), ...(submit ? {} : { hex: bytesToHex(block) }) }
  },
})

function scriptFor(output: string, { view }: RpcNode): Uint8Array {
  const { addresses } = view.chain.chain
  try {
    return scriptOfDescriptor(output, addresses, view.crypto)
  } catch (error) {
    if (!(error instanceof DescriptorError)) throw error
  }
  const script = decodeAddress(output, addresses, view.crypto)
  if (!(script instanceof Uint8Array))
    throw new RpcError(RPC.addressOrKey, 'Error: Invalid address or descriptor')
  return script
}

function findTransaction(which: string, node: RpcNode): Transaction {
  const txid = hashFromHex(which)
  if (txid === undefined)
    return readTransaction(
      which,
      node,
      `Transaction decode failed for ${which}. Make sure the tx has at least one input.`,
    )
  const entry = node.view.pool.pool.get(hashKey(txid))
  if (entry === undefined) throw new RpcError(RPC.addressOrKey, `Transaction ${which} not in mempool.`)
  return entry.transaction
}
