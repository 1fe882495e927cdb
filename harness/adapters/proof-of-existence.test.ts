import { expect, it } from 'vitest'
import {
  ByteReader,
  LightNode,
  MemoryOrderedStore,
  parseBlock,
  parseChainFile,
  provesInclusion,
} from '../../impl/index.ts'
import { type CompiledBlock, readScenarioFile } from '../scenario/index.ts'
import { encodeMessage, headersPayload, versionPayload } from '../wire/index.ts'
import { nodeCrypto } from './builtin/node-factory.ts'
import { chainLookup } from './index.ts'

const PEER = 1
const TRANSACTIONS_MAX = 25_000

const file = new URL('../../scenarios/contracts/proof-of-existence.json', import.meta.url).pathname
const story = readScenarioFile(file, chainLookup)
const crypto = nodeCrypto()
const chain = parseChainFile(story.chainFile, crypto)

const blockNamed = (name: string) => story.items.get(name) as CompiledBlock

/** A light node that has one peer and knows genesis. */
function lightNode() {
  const light = new LightNode({
    chain,
    store: new MemoryOrderedStore(),
    crypto,
    entropy: () => 0.5,
    witnessesMin: 1,
    answerMs: 1000,
  })
  let now = story.startTimeMs
  const hear = (command: string, payload: Uint8Array) =>
    light.step({ kind: 'received', peer: PEER, bytes: encodeMessage(chain.magic, command, payload) }, now++)
  light.step({ kind: 'connected', peer: PEER }, now++)
  hear('version', versionPayload({ now: story.startTimeMs / 1000 }))
  hear('verack', new Uint8Array())
  return {
    light,
    hearHeaders: (...names: string[]) =>
      hear('headers', headersPayload(names.map((name) => blockNamed(name).header))),
  }
}

/** Whether a light node believes that the second transaction of this block exists: the proof holds, and the block is on the best chain. */
function believes(light: LightNode, name: string, altered = false): boolean {
  const { bytes, height, hash } = blockNamed(name)
  const { header, transactions } = parseBlock(new ByteReader(bytes), crypto)
  const [coinbase, transaction] = [transactions[0]!, transactions[1]!]
  const hashes = [coinbase.txid, altered ? coinbase.txid : transaction.txid]
  const proof = { total: 2, hashes, flags: [true, true, true] }
  const isHeld =
    light.headers.tip.height >= height &&
    Buffer.from(light.headers.tip.ancestor(height).hash).reverse().toString('hex') === hash
  return isHeld && provesInclusion({ transaction, coinbase, proof }, header, TRANSACTIONS_MAX, crypto)
}

it('a light node believes a commitment while its block is on the best chain, and no longer', () => {
  const { light, hearHeaders } = lightNode()
  expect(believes(light, 'a1')).toBe(false)
  hearHeaders('b1', 'b2', 'f1', 'f2', 'a1', 'a2')
  expect([believes(light, 'a1'), believes(light, 'a1', true), believes(light, 'm1x')]).toEqual([
    true,
    false,
    false,
  ])
  hearHeaders('m1x', 'm1')
  expect([believes(light, 'a1'), believes(light, 'm1x')]).toEqual([true, false])
  hearHeaders('m2')
  expect([believes(light, 'a1'), believes(light, 'm1x'), believes(light, 'late')]).toEqual([
    false,
    true,
    false,
  ])
  hearHeaders('late')
  expect([believes(light, 'm1x'), believes(light, 'late')]).toEqual([true, true])
})
