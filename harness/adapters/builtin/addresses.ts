import {
  type Crypto,
  decodeAddress,
  decodeBase58,
  decodePrivateKey,
  encodeAddress,
  encodeBase58,
  encodePrivateKey,
} from '../../../impl/index.ts'
import type { AddressFunctions } from '../../ports/index.ts'
import { nodeChain } from './chains.ts'

const BASE58_BYTES_MAX = 1 << 16

/** What the node makes of addresses and private keys. */
export function nodeAddresses(crypto: Crypto): AddressFunctions {
  const prefixes = (chain: string) => nodeChain(chain, crypto).addresses
  return {
    encodeBase58,
    decodeBase58: (text) => decodeBase58(text, BASE58_BYTES_MAX),
    scriptOfAddress: (text, chain) => {
      const script = decodeAddress(text, prefixes(chain), crypto)
      return 'error' in script ? undefined : script
    },
    addressOfScript: (script, chain) => encodeAddress(script, prefixes(chain), crypto),
    decodePrivateKey: (text, chain) => decodePrivateKey(text, prefixes(chain), crypto),
    encodePrivateKey: (key, chain) => encodePrivateKey(key, prefixes(chain), crypto),
  }
}
