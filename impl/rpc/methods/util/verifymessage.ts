import { decodeAddress } from '../../../address-encoding/index.ts'
import { outputKind } from '../../../mempool/index.ts'
import { equalBytes } from '../../../wire/index.ts'
import { COMPRESSED_FLAG, decodeBase64, messageHash, RECOVERY_BASE } from '../../message-signature.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

/** First byte, r and s. */
const SIGNATURE_BYTES = 65

export const verifymessage = method({
  name: 'verifymessage',
  category: 'util',
  summary: 'Says whether the holder of an address signed a message',
  parameters: {
    address: text('The address, of a key'),
    signature: text('The signature in base 64'),
    message: text('The message'),
  },
  run: ({ address, signature, message }, { view, signer }) => {
    const { crypto } = view
    const script = decodeAddress(address, view.chain.chain.addresses, crypto)
    if (!(script instanceof Uint8Array)) throw new RpcError(RPC.addressOrKey, 'Invalid address')
    if (outputKind(script) !== 'pubkeyhash') throw new RpcError(RPC.type, 'Address does not refer to key')
    const bytes = decodeBase64(signature)
    if (bytes === undefined) throw new RpcError(RPC.type, 'Malformed base64 encoding')
    if (bytes.length !== SIGNATURE_BYTES) return false
    const first = bytes[0]! - RECOVERY_BASE
    const isCompressed = (first & COMPRESSED_FLAG) !== 0
    const hash = messageHash(message, crypto)
    const key = signer.recover(bytes.subarray(1), first & 3, hash, isCompressed)
    return key !== undefined && equalBytes(crypto.hash160(key), script.subarray(3, 23))
  },
})
