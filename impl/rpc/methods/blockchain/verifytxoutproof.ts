import {
  DecodeError,
  decodeMerkleProof,
  equalBytes,
  HEADER_BYTES,
  hashToHex,
  verifyMerkleProof,
} from '../../../wire/index.ts'
import { parseHex } from '../../member.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

/** Bytes of the smallest transaction, which bound how many a block holds. */
const TRANSACTION_BYTES_MIN = 60

export const verifytxoutproof = method({
  name: 'verifytxoutproof',
  category: 'blockchain',
  summary: 'Returns the ids of the transactions that a proof shows to be in a block of the active chain',
  parameters: { proof: text('The proof in hex, as gettxoutproof gives it') },
  run: ({ proof }, { view }) => {
    const bytes = parseHex(proof, 'proof')
    const { chain, crypto } = view
    const header = bytes.subarray(0, HEADER_BYTES)
    const decoded = decode(bytes.subarray(HEADER_BYTES))
    const totalMax = chain.chain.limits.maxBlockWeight / (4 * TRANSACTION_BYTES_MIN)
    const leaves = verifyMerkleProof(decoded, header.subarray(36, 68), totalMax, crypto)
    if (leaves === undefined) return []
    const hash = crypto.hash256(header)
    const node = equalBytes(hash, chain.chain.genesis.hash) ? chain.activeAt(0) : chain.node(hash)
    if (node === undefined || !chain.isActive(node))
      throw new RpcError(RPC.addressOrKey, 'Block not found in chain')
    const total = node.previous === undefined ? 1 : node.transactionCount
    return total === decoded.total ? leaves.map(({ txid }) => hashToHex(txid)) : []
  },
})

function decode(bytes: Uint8Array) {
  try {
    return decodeMerkleProof(bytes)
  } catch (error) {
    if (error instanceof DecodeError) throw new RpcError(RPC.misc, 'end of data: the proof cannot be read')
    throw error
  }
}
