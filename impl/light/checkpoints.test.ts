import { describe, expect, test } from 'vitest'
import { parseChainFile } from '../chains/index.ts'
import { createBasicFilter, filterHash, filterHeader } from '../filters/index.ts'
import { MemoryOrderedStore } from '../platform/index.ts'
import { quickChain } from '../testing/chains.ts'
import { minedHeaders } from '../testing/headers.ts'
import { crypto } from '../testing/spends.ts'
import {
  ByteReader,
  ByteWriter,
  decodeFilterRange,
  decodeLocator,
  encodeFilterCheckpoints,
  encodeFilterHeaders,
  encodeFrame,
  encodeHeaders,
  encodeVersion,
  FrameReader,
  hashKey,
} from '../wire/index.ts'
import { LightNode } from './light-node.ts'
import type { LightEffect, LightEvent } from './types.ts'

const chain = parseChainFile(quickChain, crypto)
const all = minedHeaders(chain, crypto, 3500)
const heights = new Map(all.map((header, i) => [hashKey(crypto.hash256(header)), i + 1]))
const NOW = (chain.genesis.header.time + 60 * 86400) * 1000

/** Hashes and headers of filters as a peer sends them; a liar has others from a height on. */
function filterChain(lieFrom = Number.POSITIVE_INFINITY) {
  const hashes = [filterHash(createBasicFilter(chain.genesis, []), crypto)]
  const headers = [filterHeader(hashes[0]!, new Uint8Array(32), crypto)]
  for (let height = 1; height <= all.length; height++) {
    hashes.push(crypto.sha256(new ByteWriter().u32(height + (height >= lieFrom ? 0x1000_0000 : 0)).finish()))
    headers.push(filterHeader(hashes[height]!, headers[height - 1]!, crypto))
  }
  return { hashes, headers }
}

const TRUTH = filterChain()

/** A light node among peers that send these chains of filters; what it asked of whom. */
function watching(peers: readonly { chain: typeof TRUTH; checkpoints?: typeof TRUTH | 'none' }[]) {
  const light = new LightNode({
    chain,
    store: new MemoryOrderedStore(),
    crypto,
    entropy: () => 0,
    witnessesMin: 2,
    answerMs: 5000,
  })
  const asked: { peer: number; command: string; start: number; stop: number }[] = []
  const dismissed = new Map<number, string>()
  const inbox: LightEvent[] = [{ kind: 'watch', scripts: [Uint8Array.of(1, 2)], fromHeight: 1 }]
  const say = (peer: number, command: string, payload: Uint8Array): void => {
    inbox.push({ kind: 'received', peer, bytes: encodeFrame(chain.magic, command, payload, crypto) })
  }
  const answer = (peer: number, command: string, payload: Uint8Array): void => {
    const { chain, checkpoints = chain } = peers[peer]!
    if (command === 'getheaders') {
      const { locator } = decodeLocator(new ByteReader(payload))
      const from = heights.get(hashKey(locator[0]!)) ?? 0
      say(peer, 'headers', encodeHeaders(all.slice(from, from + 2000)))
    } else if (command === 'getcfheaders') {
      const { start, stop } = decodeFilterRange(new ByteReader(payload))
      const end = heights.get(hashKey(stop))!
      asked.push({ peer, command, start, stop: end })
      const previousHeader = chain.headers[start - 1]!
      const hashes = chain.hashes.slice(start, end + 1)
      say(peer, 'cfheaders', encodeFilterHeaders({ type: 0, stop, previousHeader, hashes }))
    } else if (command === 'getcfcheckpt') {
      const stop = payload.slice(1)
      const end = heights.get(hashKey(stop))!
      asked.push({ peer, command, start: 0, stop: end })
      if (checkpoints === 'none') return
      const some = [1000, 2000, 3000].filter((height) => height <= end).map((h) => checkpoints.headers[h]!)
      say(peer, 'cfcheckpt', encodeFilterCheckpoints(0, stop, some))
    }
  }
  const hear = (effects: readonly LightEffect[]): void => {
    for (const effect of effects) {
      if (effect.kind === 'disconnect') dismissed.set(effect.peer, effect.reason)
      if (effect.kind !== 'send') continue
      const reader = new FrameReader(chain.magic, crypto)
      reader.push(effect.bytes)
      const { command, payload } = reader.next()!
      answer(effect.peer, command, payload)
    }
  }
  const run = (now: number): void => {
    for (let event = inbox.shift(); event !== undefined; event = inbox.shift()) hear(light.step(event, now))
  }
  const version = {
    version: 70016,
    services: 73n,
    time: 0n,
    nonce: 1n,
    userAgent: '',
    startHeight: 0,
    relay: true,
  }
  // Headers first, so that all are asked about filters at one tip.
  const order = [...peers.keys()]
  for (const peer of order) {
    inbox.push({ kind: 'connected', peer })
    say(peer, 'version', encodeVersion({ ...version, services: 9n }))
    say(peer, 'verack', new Uint8Array(0))
  }
  run(NOW)
  for (const peer of order) say(peer, 'version', encodeVersion(version))
  run(NOW)
  const wait = (ms: number): void => {
    inbox.push({ kind: 'wake' })
    run(NOW + ms)
  }
  const cfheaders = () =>
    asked
      .filter(({ command }) => command === 'getcfheaders')
      .map(({ peer, start, stop }) => [peer, start, stop])
  return { light, asked, dismissed, cfheaders, wait }
}

describe('filter checkpoints', () => {
  test('on which all agree let one peer send what lies between, the last part all', () => {
    const { cfheaders, dismissed } = watching([{ chain: TRUTH }, { chain: TRUTH }])
    expect(cfheaders()).toEqual([
      [0, 1, 2000],
      [0, 2001, 3000],
      [0, 3001, 3500],
      [1, 3001, 3500],
    ])
    expect(dismissed.size).toBe(0)
  })

  test('find out the one who is asked and answers otherwise than it agreed', () => {
    const { cfheaders, dismissed } = watching([
      { chain: filterChain(1500), checkpoints: TRUTH },
      { chain: TRUTH },
      { chain: TRUTH },
    ])
    expect([...dismissed]).toEqual([[0, 'filter headers that do not lead to the checkpoint agreed on']])
    expect(cfheaders()).toEqual([
      [0, 1, 2000],
      [1, 1, 2000],
      [1, 2001, 3000],
      [1, 3001, 3500],
      [2, 3001, 3500],
    ])
  })

  test('hold up to where peers differ; from there on all are asked', () => {
    const { cfheaders } = watching([{ chain: TRUTH }, { chain: filterChain(1500) }])
    expect(cfheaders().slice(0, 3)).toEqual([
      [0, 1, 1000],
      [0, 1001, 3000],
      [1, 1001, 3000],
    ])
  })

  test('that somebody does not send cost it the connection', () => {
    const { cfheaders, dismissed, wait } = watching([
      { chain: TRUTH, checkpoints: 'none' },
      { chain: TRUTH },
      { chain: TRUTH },
    ])
    expect(cfheaders()).toEqual([])
    wait(5000)
    expect([...dismissed]).toEqual([[0, 'no answer about filter checkpoints']])
    expect(cfheaders().at(-1)).toEqual([2, 3001, 3500])
  })
})
