import { encodeAddress } from '../../../address-encoding/index.ts'
import { bytesToHex } from '../../../wire/index.ts'
import { descriptorChecksum } from '../../describe/descriptor-checksum.ts'
import { method } from '../../method.ts'
import { integer, list, optional, text } from '../../parameter.ts'
import { readDescriptor } from '../../read-descriptor.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

/** How the script is wrapped for each type of address. */
const WRAPPED: Readonly<Record<string, (inner: string) => string>> = {
  legacy: (inner) => `sh(${inner})`,
  'p2sh-segwit': (inner) => `sh(wsh(${inner}))`,
  bech32: (inner) => `wsh(${inner})`,
}
/** [Core MAX_PUBKEYS_PER_MULTISIG] */
const KEYS_MAX = 20
/** [Core MAX_SCRIPT_ELEMENT_SIZE] */
const REDEEM_SCRIPT_MAX = 520

export const createmultisig = method({
  name: 'createmultisig',
  category: 'util',
  summary: 'Returns the address of a script that asks for several signatures',
  parameters: {
    nrequired: integer('How many signatures'),
    keys: list('The public keys in hex'),
    address_type: optional(text('legacy, p2sh-segwit, or bech32'), 'legacy'),
  },
  run: ({ nrequired, keys, address_type }, node) => {
    const wrap = WRAPPED[address_type]
    if (wrap === undefined) throw new RpcError(RPC.addressOrKey, `Unknown address type '${address_type}'`)
    if (nrequired < 1)
      throw invalidParameter('a multisignature address must require at least one key to redeem')
    if (keys.length < nrequired)
      throw invalidParameter(
        `not enough keys supplied (got ${keys.length} keys, but need at least ${nrequired} to redeem)`,
      )
    if (keys.length > KEYS_MAX)
      throw invalidParameter(
        `Number of keys involved in the multisignature address creation > ${KEYS_MAX}\nReduce the number`,
      )
    const inner = `multi(${[nrequired, ...keys].join(',')})`
    const { chain, crypto } = node.view
    const script = readDescriptor(node, inner)
    if (address_type === 'legacy' && script.length > REDEEM_SCRIPT_MAX)
      throw invalidParameter(`redeemScript exceeds size limit: ${script.length} > ${REDEEM_SCRIPT_MAX}`)
    const outer = wrap(inner)
    return {
      address: encodeAddress(readDescriptor(node, outer), chain.chain.addresses, crypto),
      redeemScript: bytesToHex(script),
      descriptor: `${outer}#${descriptorChecksum(outer)}`,
    }
  },
})
