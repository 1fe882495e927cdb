import type { BlockNode } from '../../../chainstate/index.ts'
import { bytesToHex, equalBytes, hashKey, hashToHex } from '../../../wire/index.ts'
import { transactionIn } from '../../confirmed.ts'
import { describeTransaction } from '../../describe/transaction-json.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { alsoCalled, hash, optional, verbosity } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const getrawtransaction = method({
  name: 'getrawtransaction',
  category: 'rawtransactions',
  summary: 'Returns a transaction of the pool, or of a block that is named',
  parameters: {
    txid: hash('The id of the transaction', 'parameter 1'),
    verbosity: alsoCalled(optional(verbosity('0: hex; 1: an object; 2: with what it spends'), 0), 'verbose'),
    blockhash: optional(hash('The hash of the block to look in', 'parameter 3')),
  },
  run: ({ txid, verbosity: level, blockhash }, node) => {
    const { chain, crypto } = node.view
    if (equalBytes(txid, chain.chain.genesis.header.merkleRoot))
      throw new RpcError(
        RPC.addressOrKey,
        'The genesis block coinbase is not considered an ordinary transaction and cannot be retrieved',
      )
    const found = blockhash === undefined ? findAnywhere(node, txid) : findIn(node, blockhash, txid)
    const { transaction } = found
    if (level <= 0) return bytesToHex(transaction.raw)
    const described = describeTransaction(transaction, {
      chain: chain.chain,
      hasher: crypto,
      spent: level > 1 ? found.spent : undefined,
      withPrevout: true,
      withHex: true,
    })
    if (found.node === undefined) return described
    const place = placeOf(found.node, node)
    return blockhash === undefined
      ? { ...described, ...place }
      : { in_active_chain: chain.isActive(found.node), ...described, ...place }
  },
})

function findIn({ view }: RpcNode, blockhash: Uint8Array, txid: Uint8Array) {
  const { chain } = view
  const node = chain.node(blockhash)
  if (node === undefined) throw new RpcError(RPC.addressOrKey, 'Block hash not found')
  if (node.data === undefined && node.height > 0) throw new RpcError(RPC.misc, 'Block not available')
  const found = transactionIn(node, txid, chain)
  if (found === undefined)
    throw new RpcError(
      RPC.addressOrKey,
      'No such transaction found in the provided block. Use gettransaction for wallet transactions.',
    )
  return found
}

/** In the pool first, then by the index of transactions. [Core GetTransaction] */
function findAnywhere(node: RpcNode, txid: Uint8Array) {
  const waiting = node.view.pool.pool.get(hashKey(txid))?.transaction
  if (waiting !== undefined) return { transaction: waiting, node: undefined, spent: undefined }
  const block = node.view.transactions?.blockOf(txid)
  const found = block && transactionIn(block, txid, node.view.chain)
  if (found === undefined) throw new RpcError(RPC.addressOrKey, refusal(node))
  return found
}

function refusal({ view }: RpcNode): string {
  const advice =
    view.transactions === undefined
      ? 'No such mempool transaction. Use -txindex or provide a block hash to enable blockchain transaction queries'
      : 'No such mempool or blockchain transaction'
  return `${advice}. Use gettransaction for wallet transactions.`
}

function placeOf(block: BlockNode, { view }: RpcNode) {
  const { chain } = view
  const isActive = chain.isActive(block)
  return {
    blockhash: hashToHex(block.hash),
    ...(isActive
      ? { confirmations: chain.tip.height - block.height + 1, time: block.time, blocktime: block.time }
      : { confirmations: 0 }),
  }
}
