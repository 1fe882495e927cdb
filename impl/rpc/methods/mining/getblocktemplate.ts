import type { ChainParameters } from '../../../chains/index.ts'
import type { BlockTemplate } from '../../../mining/index.ts'
import { witnessCommitmentScript } from '../../../mining/index.ts'
import { decodeBlock, isRejection, rejectString } from '../../../validation/index.ts'
import { bytesToHex, hashKey, hashToHex, hexToBytes } from '../../../wire/index.ts'
import { describeTarget, hex32 } from '../../describe/block-json.ts'
import { method } from '../../method.ts'
import { templateOf } from '../../mine.ts'
import type { RpcNode } from '../../node.ts'
import { optional, record } from '../../parameter.ts'
import { invalidParameter, RPC, RpcError } from '../../rpc-error.ts'

/** Long polls look for new transactions after so long. [Core getblocktemplate] */
const POLL_MS = 60_000
const SIZE_MAX = 4_000_000

export const getblocktemplate = method({
  name: 'getblocktemplate',
  category: 'mining',
  summary:
    'Returns what a miner needs to make the next block, or judges a block that is proposed [BIP22, BIP23]',
  parameters: { template_request: optional(record('mode, rules, longpollid, data'), {}) },
  run: ({ template_request: request }, node) => {
    const { mode = 'template', longpollid } = request
    if (typeof mode !== 'string') throw invalidParameter('Invalid mode')
    if (mode === 'proposal') return judgeProposal(request.data, node)
    if (mode !== 'template') throw invalidParameter('Invalid mode')
    refuseUnready(node)
    const rules = Array.isArray(request.rules) ? request.rules : []
    return longpollid === undefined
      ? describe(rules, node)
      : longPoll(longpollid, node).then(() => describe(rules, node))
  },
})

function judgeProposal(data: unknown, { view, now }: RpcNode): string | null {
  if (typeof data !== 'string') throw new RpcError(RPC.type, 'Missing data String key for proposal')
  const bytes = hexToBytes(data)
  const block = bytes === undefined ? undefined : decodeBlock(bytes, view.crypto)
  if (block === undefined || isRejection(block))
    throw new RpcError(RPC.deserialization, 'Block decode failed')
  const known = view.chain.node(block.hash)
  if (known !== undefined) {
    if (known.isFailed) return 'duplicate-invalid'
    return known.undo === undefined && known.height > 0 ? 'duplicate-inconclusive' : 'duplicate'
  }
  const verdict = view.chain.tryBlock(block, Math.floor(now() / 1000))
  return verdict?.outcome === 'rejected' ? rejectString(verdict) : null
}

/** On public chains a node alone, or behind, would have miners waste their work. */
function refuseUnready({ view, now }: RpcNode): void {
  const { chain, network } = view
  if (chain.chain.minimumChainWork === 0n) return
  if (network.peerCount === 0) throw new RpcError(RPC.notConnected, 'Touchstone is not connected!')
  if (network.isCatchingUp(now()))
    throw new RpcError(RPC.initialDownload, 'Touchstone is in initial sync and waiting for blocks...')
}

async function longPoll(id: unknown, node: RpcNode): Promise<void> {
  const { chain, pool } = node.view
  const tip = typeof id === 'string' ? id.slice(0, 64) : hashToHex(chain.tip.hash)
  const sequence = typeof id === 'string' ? Number(id.slice(64)) : pool.pool.nextSequence
  const isOver = () => hashToHex(chain.tip.hash) !== tip
  do await node.tipUntil(isOver, POLL_MS)
  while (!isOver() && pool.pool.nextSequence === sequence && !node.isStopping())
}

function describe(rules: readonly unknown[], node: RpcNode) {
  const { chain, pool, crypto } = node.view
  const { limits, signetChallenge } = chain.chain
  if (signetChallenge !== undefined && !rules.includes('signet'))
    throw invalidParameter(
      'getblocktemplate must be called with the signet rule set (call with {"rules": ["segwit", "signet"]})',
    )
  if (!rules.includes('segwit'))
    throw invalidParameter(
      'getblocktemplate must be called with the segwit rule set (call with {"rules": ["segwit"]})',
    )
  const template = templateOf(node)
  const vote = chain.activations.votesOn('testDummy')?.stateAfter(chain.tip)
  const scale = template.segwit ? 1 : 4
  return {
    capabilities: ['proposal'],
    version: template.version,
    rules: [
      'csv',
      ...(template.segwit ? ['!segwit'] : []),
      ...(signetChallenge === undefined ? [] : ['!signet']),
      'taproot',
      ...(vote === 'active' ? ['testdummy'] : []),
    ],
    vbavailable: vote === 'started' || vote === 'locked-in' ? { testdummy: testDummyBit(chain.chain) } : {},
    vbrequired: 0,
    previousblockhash: hashToHex(template.previousHash),
    transactions: describeEntries(template, scale),
    coinbaseaux: {},
    coinbasevalue: template.coinbaseValue,
    longpollid: `${hashToHex(template.previousHash)}${pool.pool.nextSequence}`,
    target: describeTarget(template.bits),
    mintime: template.timeMin,
    mutable: ['time', 'transactions', 'prevblock'],
    noncerange: '00000000ffffffff',
    sigoplimit: limits.maxBlockSigopsCost / scale,
    sizelimit: SIZE_MAX / scale,
    ...(template.segwit ? { weightlimit: limits.maxBlockWeight } : {}),
    curtime: template.time,
    bits: hex32(template.bits),
    height: template.height,
    ...(signetChallenge === undefined ? {} : { signet_challenge: bytesToHex(signetChallenge) }),
    ...(template.segwit
      ? { default_witness_commitment: bytesToHex(witnessCommitmentScript(template, crypto)) }
      : {}),
  }
}

function testDummyBit({ testDummy }: ChainParameters): number | undefined {
  return testDummy?.kind === 'bip9' ? testDummy.bit : undefined
}

function describeEntries({ entries }: BlockTemplate, scale: number) {
  const places = new Map(entries.map(({ key }, at) => [key, at + 1]))
  return entries.map(({ transaction, fee, sigopsCost }) => ({
    data: bytesToHex(transaction.raw),
    txid: hashToHex(transaction.txid),
    hash: hashToHex(transaction.wtxid),
    depends: transaction.inputs.flatMap(({ prevTxid }) => places.get(hashKey(prevTxid)) ?? []),
    fee,
    sigops: sigopsCost / scale,
    weight: transaction.weight,
  }))
}
