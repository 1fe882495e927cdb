import type { TxOutput } from '../../../wire/index.ts'
import {
  ByteReader,
  ByteWriter,
  DecodeError,
  hashFromHex,
  hashKey,
  hashToHex,
  hexToBytes,
} from '../../../wire/index.ts'
import { describeScript } from '../../describe/script-json.ts'
import { coins } from '../../json.ts'
import type { RpcNode } from '../../node.ts'
import { outpointOf } from '../../outpoint.ts'
import { badRequest, type RestRequest, type Route } from '../route.ts'

/** [BIP64; Core MAX_GETUTXOS_OUTPOINTS, MEMPOOL_HEIGHT] */
const OUTPOINTS_MAX = 15
const POOL_HEIGHT = 0x7fffffff

interface Outpoint {
  readonly txid: Uint8Array
  readonly index: number
}

interface Found extends TxOutput {
  readonly height: number
}

export const getutxos: Route = {
  prefix: '/rest/getutxos',
  summary: 'Says which outputs are unspent, and returns those [BIP64]',
  run: (request, node) => {
    const { chain, crypto } = node.view
    const { outpoints, withPool } = read(request)
    if (outpoints.length > OUTPOINTS_MAX)
      throw badRequest(`Error: max outpoints exceeded (max: ${OUTPOINTS_MAX}, tried: ${outpoints.length})`)
    const hits = outpoints.map((outpoint) => find(outpoint, withPool, node))
    const found = hits.filter((hit) => hit !== undefined)
    return {
      bin: () => encode(node, hits, found),
      json: () => ({
        chainHeight: chain.tip.height,
        chaintipHash: hashToHex(chain.tip.hash),
        bitmap: hits.map((hit) => (hit === undefined ? '0' : '1')).join(''),
        utxos: found.map(({ height, value, script }) => ({
          height,
          value: coins(value),
          scriptPubKey: describeScript(script, chain.chain.addresses, crypto),
        })),
      }),
    }
  },
}

/** Outpoints in the path, or in what was posted. */
function read({ words, body, format }: RestRequest): { outpoints: Outpoint[]; withPool: boolean } {
  const withPool = words[0] === 'checkmempool'
  const texts = withPool ? words.slice(1) : words
  if (words.length > 0 && texts.length === 0) throw badRequest('Error: empty request')
  const outpoints = texts.map(parseOutpoint)
  if (body.length === 0 || format === 'json') {
    if (outpoints.length === 0) throw badRequest('Error: empty request')
    return { outpoints, withPool }
  }
  if (outpoints.length > 0)
    throw badRequest('Combination of URI scheme inputs and raw post data is not allowed')
  return readBody(format === 'hex' ? (hexToBytes(new TextDecoder().decode(body).trim()) ?? body) : body)
}

function parseOutpoint(text: string): Outpoint {
  const [id = '', digits = '', ...rest] = text.split('-')
  const txid = hashFromHex(id)
  const index = /^\d{1,10}$/.test(digits) ? Number(digits) : -1
  if (txid === undefined || index < 0 || index > 0xffffffff || rest.length > 0)
    throw badRequest('Parse error')
  return { txid, index }
}

function readBody(bytes: Uint8Array): { outpoints: Outpoint[]; withPool: boolean } {
  try {
    const reader = new ByteReader(bytes)
    const withPool = reader.u8() !== 0
    const outpoints = Array.from({ length: reader.count(36) }, () => ({
      txid: reader.take(32),
      index: reader.u32(),
    }))
    return { outpoints, withPool }
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest('Parse error')
    throw error
  }
}

function find({ txid, index }: Outpoint, withPool: boolean, { view }: RpcNode): Found | undefined {
  const outpoint = outpointOf(txid, index)
  const { pool } = view.pool
  if (withPool && pool.spenderOf(outpoint) !== undefined) return undefined
  const waiting = withPool ? pool.get(hashKey(txid))?.transaction.outputs[index] : undefined
  return waiting === undefined ? view.chain.coin(outpoint) : { ...waiting, height: POOL_HEIGHT }
}

function encode(
  { view }: RpcNode,
  hits: readonly (Found | undefined)[],
  found: readonly Found[],
): Uint8Array {
  const { tip } = view.chain
  const bitmap = new Uint8Array(Math.ceil(hits.length / 8))
  hits.forEach((hit, at) => {
    if (hit !== undefined) bitmap[at >> 3]! |= 1 << (at & 7)
  })
  const writer = new ByteWriter().u32(tip.height).put(tip.hash).putVariable(bitmap)
  writer.compactSize(found.length)
  for (const { height, value, script } of found)
    writer.u32(0).u32(height).i64FromNumber(value).putVariable(script)
  return writer.finish()
}
