import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import { describeScript } from '../../describe/script-json.ts'
import { coins } from '../../json.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { list, optional, text } from '../../parameter.ts'
import { readDescriptor } from '../../read-descriptor.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

export const scantxoutset = method({
  name: 'scantxoutset',
  category: 'blockchain',
  summary: 'Finds the unspent outputs of descriptors',
  parameters: {
    action: text('start, abort, or status'),
    scanobjects: optional(list('Descriptors, or objects with a member `desc`')),
  },
  run: ({ action, scanobjects }, node) => {
    // A scan is over when its call returns: there is never one to ask about.
    if (action === 'status') return null
    if (action === 'abort') return false
    if (action !== 'start') throw invalidParameter(`Invalid action '${action}'`)
    if (scanobjects === undefined)
      throw new RpcError(RPC.misc, 'scanobjects argument is required for the start action')
    return scan(
      scanobjects.map((wanted) => bytesToHex(readDescriptor(node, descriptorOf(wanted)))),
      node,
    )
  },
})

function descriptorOf(wanted: unknown): string {
  const descriptor =
    typeof wanted === 'object' && wanted !== null ? (wanted as { desc?: unknown }).desc : wanted
  if (typeof descriptor !== 'string') throw invalidParameter('Descriptor needs to be provided in scan object')
  return descriptor
}

function scan(scripts: readonly string[], { view }: RpcNode) {
  const { chain, crypto } = view
  const { tip } = chain
  const wanted = new Set(scripts)
  const unspents: unknown[] = []
  let count = 0
  let total = 0
  for (const [outpoint, coin] of chain.coins.all()) {
    count++
    const script = bytesToHex(coin.script)
    if (!wanted.has(script)) continue
    total += coin.value
    unspents.push({
      txid: hashToHex(outpoint.subarray(0, 32)),
      vout: new DataView(outpoint.buffer, outpoint.byteOffset).getUint32(32, true),
      scriptPubKey: script,
      desc: describeScript(coin.script, chain.chain.addresses, crypto).desc,
      amount: coins(coin.value),
      coinbase: coin.isCoinbase,
      height: coin.height,
      blockhash: hashToHex(tip.ancestor(coin.height).hash),
      confirmations: tip.height - coin.height + 1,
    })
  }
  return {
    success: true,
    txouts: count,
    height: tip.height,
    bestblock: hashToHex(tip.hash),
    unspents,
    total_amount: coins(total),
  }
}
