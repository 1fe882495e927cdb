import { decodeHeader, isRejection, rejectString } from '../../../validation/index.ts'
import { HEADER_BYTES, hashToHex, hexToBytes } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const submitheader = method({
  name: 'submitheader',
  category: 'mining',
  summary: 'Submits a header as a tip to come',
  parameters: { hexdata: text('The 80 bytes in hex') },
  run: ({ hexdata }, node) => {
    const bytes = hexToBytes(hexdata)
    const header =
      bytes === undefined ? undefined : decodeHeader(bytes.subarray(0, HEADER_BYTES), node.view.crypto)
    if (header === undefined || isRejection(header))
      throw new RpcError(RPC.deserialization, 'Block header decode failed')
    if (node.view.chain.node(header.previousHash) === undefined)
      throw new RpcError(RPC.verify, `Must submit previous header (${hashToHex(header.previousHash)}) first`)
    const verdict = node.submit('submitHeader', header.raw)
    if (verdict.outcome === 'rejected') throw new RpcError(RPC.verify, rejectString(verdict))
    if (verdict.outcome === 'invalid-ancestor')
      throw new RpcError(RPC.verify, verdict.reason ?? 'bad-prevblk')
    return null
  },
})
