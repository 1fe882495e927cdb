import type { BlockNode } from '../../../chainstate/index.ts'
import {
  bytesToHex,
  concatBytes,
  createMerkleProof,
  encodeMerkleProof,
  hashToHex,
} from '../../../wire/index.ts'
import { findConfirmed } from '../../confirmed.ts'
import { findBlock, readBlock } from '../../lookup.ts'
import { parseHash } from '../../member.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { hash, list, optional } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const gettxoutproof = method({
  name: 'gettxoutproof',
  category: 'blockchain',
  summary: 'Returns a proof in hex that transactions are in a block [BIP37]',
  parameters: {
    txids: list('The ids of the transactions'),
    blockhash: optional(hash('The block; without it, one output must be unspent or -txindex be set')),
  },
  run: ({ txids, blockhash }, node) => {
    if (txids.length === 0) throw invalidParameter("Parameter 'txids' cannot be empty")
    const wanted = new Set<string>()
    for (const txid of txids) {
      const id = hashToHex(parseHash(txid, 'txid'))
      if (wanted.has(id)) throw invalidParameter(`Invalid parameter, duplicated txid: ${id}`)
      wanted.add(id)
    }
    const { chain, crypto } = node.view
    const found = blockhash === undefined ? blockOf(txids, node) : findBlock(node, blockhash)
    const ids = readBlock(chain, found).transactions.map(({ txid }) => txid)
    const matches = new Set(ids.flatMap((txid, at) => (wanted.has(hashToHex(txid)) ? [at] : [])))
    if (matches.size !== wanted.size)
      throw new RpcError(RPC.addressOrKey, 'Not all transactions found in specified or retrieved block')
    const proof = encodeMerkleProof(createMerkleProof(ids, matches, crypto))
    return bytesToHex(concatBytes(found.header, proof))
  },
})

function blockOf(txids: readonly unknown[], node: RpcNode): BlockNode {
  for (const txid of txids) {
    const found = findConfirmed(parseHash(txid, 'txid'), node)
    if (found !== undefined) return found
  }
  throw new RpcError(RPC.addressOrKey, 'Transaction not yet in block')
}
