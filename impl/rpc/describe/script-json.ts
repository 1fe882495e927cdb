import { encodeAddress } from '../../address-encoding/index.ts'
import type { AddressPrefixes } from '../../chains/index.ts'
import { type OutputKind, outputKind } from '../../mempool/index.ts'
import { bytesToHex, type Hasher } from '../../wire/index.ts'
import { descriptorChecksum } from './descriptor-checksum.ts'
import { scriptText } from './script-text.ts'

/** Core's names of the templates. [Core GetTxnOutputType] */
const TYPES: Readonly<Record<OutputKind, string>> = {
  pubkey: 'pubkey',
  pubkeyhash: 'pubkeyhash',
  scripthash: 'scripthash',
  multisig: 'multisig',
  nulldata: 'nulldata',
  'witness-v0-keyhash': 'witness_v0_keyhash',
  'witness-v0-scripthash': 'witness_v0_scripthash',
  taproot: 'witness_v1_taproot',
  anchor: 'anchor',
  'witness-unknown': 'witness_unknown',
  nonstandard: 'nonstandard',
}

/** An output script as JSON. [Core ScriptToUniv] */
export function describeScript(script: Uint8Array, prefixes: AddressPrefixes, hasher: Hasher) {
  const kind = outputKind(script)
  const address = encodeAddress(script, prefixes, hasher)
  return {
    asm: scriptText(script),
    desc: describeAsDescriptor(script, kind, address),
    hex: bytesToHex(script),
    ...(address === undefined ? {} : { address }),
    type: TYPES[kind],
  }
}

/** The descriptor of a script of which nothing but its bytes is known. [BIP380-386; Core InferDescriptor] */
function describeAsDescriptor(script: Uint8Array, kind: OutputKind, address: string | undefined): string {
  const body = bodyOf(script, kind, address)
  return `${body}#${descriptorChecksum(body)}`
}

function bodyOf(script: Uint8Array, kind: OutputKind, address: string | undefined): string {
  if (kind === 'pubkey') return `pk(${bytesToHex(script.subarray(1, -1))})`
  if (kind === 'taproot') return `rawtr(${bytesToHex(script.subarray(2))})`
  return address === undefined ? `raw(${bytesToHex(script)})` : `addr(${address})`
}
