import { hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { integer } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const getblockhash = method({
  name: 'getblockhash',
  category: 'blockchain',
  summary: 'Returns the hash of the block at a height of the active chain',
  parameters: { height: integer('The height') },
  run: ({ height }, { view }) => {
    const node = height < 0 ? undefined : view.chain.activeAt(height)
    if (node === undefined) throw invalidParameter('Block height out of range')
    return hashToHex(node.hash)
  },
})
