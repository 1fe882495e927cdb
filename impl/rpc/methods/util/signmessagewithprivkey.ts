import { decodePrivateKey } from '../../../address-encoding/index.ts'
import { concatBytes } from '../../../wire/index.ts'
import { COMPRESSED_FLAG, encodeBase64, messageHash, RECOVERY_BASE } from '../../message-signature.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const signmessagewithprivkey = method({
  name: 'signmessagewithprivkey',
  category: 'util',
  summary: 'Signs a message with a private key; the signature is in base 64',
  parameters: { privkey: text('The key, as wallets write it'), message: text('The message') },
  run: ({ privkey, message }, { view, signer }) => {
    const key = decodePrivateKey(privkey, view.chain.chain.addresses, view.crypto)
    if (key === undefined) throw new RpcError(RPC.addressOrKey, 'Invalid private key')
    const { recovery, compact } = signer.signRecoverable(key.secret, messageHash(message, view.crypto))
    const first = RECOVERY_BASE + recovery + (key.isCompressed ? COMPRESSED_FLAG : 0)
    return encodeBase64(concatBytes(Uint8Array.of(first), compact))
  },
})
