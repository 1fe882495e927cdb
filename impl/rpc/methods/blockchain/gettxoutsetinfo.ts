import type { CoinHashType } from '../../../chainstate/index.ts'
import { hashToHex } from '../../../wire/index.ts'
import { coins } from '../../json.ts'
import { method } from '../../method.ts'
import { flag, hashOrHeight, optional, text } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

const TYPES: Readonly<Record<string, CoinHashType>> = {
  hash_serialized_3: 'serialized',
  muhash: 'muhash',
  none: 'none',
}

export const gettxoutsetinfo = method({
  name: 'gettxoutsetinfo',
  category: 'blockchain',
  summary: 'Returns statistics of all unspent outputs; walks over all of them',
  parameters: {
    hash_type: optional(text('hash_serialized_3, muhash, or none'), 'hash_serialized_3'),
    hash_or_height: optional(hashOrHeight('Of a block other than the tip, which needs an index')),
    use_index: optional(flag('Use an index where there is one'), true),
  },
  run: ({ hash_type, hash_or_height }, { view, operations }) => {
    const type = TYPES[hash_type]
    if (type === undefined) throw invalidParameter(`'${hash_type}' is not a valid hash_type`)
    if (hash_or_height !== undefined)
      throw invalidParameter('Querying specific block heights requires coinstatsindex')
    const { chain } = view
    const found = chain.coins.statistics(type)
    return {
      height: chain.tip.height,
      bestblock: hashToHex(chain.tip.hash),
      txouts: found.coins,
      bogosize: found.bogoSize,
      ...(found.hash === undefined ? {} : { [hash_type]: hashToHex(found.hash) }),
      total_amount: coins(Number(found.amount)),
      transactions: found.transactions,
      disk_size: operations.diskUsage(),
    }
  },
})
