import { decodeAddress } from '../../../address-encoding/index.ts'
import { isPayToScriptHash, witnessVersion } from '../../../script-engine/index.ts'
import { bytesToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'

export const validateaddress = method({
  name: 'validateaddress',
  category: 'util',
  summary: 'Says whether a text is an address of this chain',
  parameters: { address: text('The address') },
  run: ({ address }, { view }) => {
    const script = decodeAddress(address, view.chain.chain.addresses, view.crypto)
    if (!(script instanceof Uint8Array))
      return { isvalid: false, error_locations: script.positions, error: script.error }
    const version = witnessVersion(script)
    return {
      isvalid: true,
      address,
      scriptPubKey: bytesToHex(script),
      isscript: isPayToScriptHash(script) || (version >= 0 && script.length === 34 && version === 0),
      iswitness: version >= 0,
      ...(version < 0 ? {} : { witness_version: version, witness_program: bytesToHex(script.subarray(2)) }),
    }
  },
})
