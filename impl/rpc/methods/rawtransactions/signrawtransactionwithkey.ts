import { readTransaction } from '../../lookup.ts'
import { method } from '../../method.ts'
import { list, optional, text } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'
import { coinsToSign } from '../../signing/coins-to-sign.ts'
import { KeyRing } from '../../signing/key-ring.ts'
import { HASH_TYPES, signTransaction } from '../../signing/sign-transaction.ts'

export const signrawtransactionwithkey = method({
  name: 'signrawtransactionwithkey',
  category: 'rawtransactions',
  summary: 'Signs the inputs of a transaction, as far as the given keys go',
  parameters: {
    hexstring: text('The transaction in hex'),
    privkeys: list('The private keys, as wallets write them'),
    prevtxs: optional(
      list(
        'Coins that the node does not know: txid, vout, scriptPubKey, redeemScript, witnessScript, amount',
      ),
      [],
    ),
    sighashtype: optional(text(Object.keys(HASH_TYPES).join(', ')), 'DEFAULT'),
  },
  run: ({ hexstring, privkeys, prevtxs, sighashtype }, node) => {
    const transaction = readTransaction(
      hexstring,
      node,
      'TX decode failed. Make sure the tx has at least one input.',
    )
    const { chain, crypto } = node.view
    const ring = new KeyRing(crypto, node.signer)
    for (const key of privkeys)
      if (!ring.addKey(String(key), chain.chain.addresses))
        throw new RpcError(RPC.addressOrKey, 'Invalid private key')
    const hashType = HASH_TYPES[sighashtype]
    if (hashType === undefined) throw invalidParameter(`'${sighashtype}' is not a valid sighash parameter.`)
    const coins = coinsToSign(transaction, prevtxs, ring, node)
    return signTransaction([transaction], coins, ring, hashType, node)
  },
})
