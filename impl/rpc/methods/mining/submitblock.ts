import { decodeBlock, isRejection, rejectString } from '../../../validation/index.ts'
import { hexToBytes } from '../../../wire/index.ts'
import { completeWitness } from '../../complete-witness.ts'
import { method } from '../../method.ts'
import { optional, text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const submitblock = method({
  name: 'submitblock',
  category: 'mining',
  summary: 'Submits a block; null when it is taken, otherwise why not [BIP22]',
  parameters: {
    hexdata: text('The block in hex'),
    dummy: optional(text('Ignored [BIP22]')),
  },
  run: ({ hexdata }, node) => {
    const bytes = hexToBytes(hexdata)
    const block = bytes === undefined ? undefined : decodeBlock(bytes, node.view.crypto)
    if (block === undefined || isRejection(block))
      throw new RpcError(RPC.deserialization, 'Block decode failed')
    const verdict = node.submit('submitBlock', completeWitness(block, node.view))
    switch (verdict.outcome) {
      case 'connected':
        return null
      case 'stored':
        return 'inconclusive'
      case 'invalid-ancestor':
        return verdict.reason ?? 'bad-prevblk'
      case 'rejected':
        return rejectString(verdict)
      default:
        return 'duplicate'
    }
  },
})
