import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import { list } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'
import { coinsToSign } from '../../signing/coins-to-sign.ts'
import { KeyRing } from '../../signing/key-ring.ts'
import { HASH_TYPES, signTransaction } from '../../signing/sign-transaction.ts'

export const combinerawtransaction = method({
  name: 'combinerawtransaction',
  category: 'rawtransactions',
  summary: 'Puts the signatures of several copies of a transaction into one',
  parameters: { txs: list('The copies in hex') },
  run: ({ txs }, node) => {
    const [first, ...others] = txs.map((hex, at) =>
      readTransaction(
        String(hex),
        node,
        `TX decode failed for tx ${at}. Make sure the tx has at least one input.`,
      ),
    )
    if (first === undefined) throw new RpcError(RPC.deserialization, 'Missing transactions')
    const ring = new KeyRing(node.view.crypto, node.signer)
    const coins = coinsToSign(first, [], ring, node)
    if (coins.includes(undefined)) throw new RpcError(RPC.verify, 'Input not found or already spent')
    const { hex } = signTransaction([first, ...others], coins, ring, HASH_TYPES.ALL!, node)
    return hex
  },
})
