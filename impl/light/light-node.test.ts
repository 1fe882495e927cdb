import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BASIC_FILTER, encodeGolombSet, filterHash } from '../filters/index.ts'
import { quickChain } from '../testing/chains.ts'
import { LightWorld } from '../testing/light-world.ts'
import { ANYONE, coinbaseOf, crypto, spend } from '../testing/spends.ts'
import {
  ByteReader,
  decodeFilterHeaders,
  decodeMerkleProof,
  encodeFilter,
  encodeFilterHeaders,
  encodeFrame,
  hashToHex,
  parseHeader,
  parseTransaction,
} from '../wire/index.ts'
import { provesInclusion } from './inclusion.ts'

const MINE = Uint8Array.from([0x52, 0x75, 0x51])

/** Two full nodes; block 5 pays `MINE`, block 6 spends that. */
function world(witnessesMin = 2) {
  const w = new LightWorld(quickChain, witnessesMin)
  const [a, b] = [w.full(), w.full()]
  w.connect(a, b)
  w.generate(a, 4)
  const paying = w.mine(a, MINE)
  w.submit(a, 'submitBlock', paying)
  w.generate(a, 2)
  const paid = coinbaseOf(paying)
  w.submit(a, 'submitTransaction', spend([{ from: paid }], [paid.outputs[0]!.value - 1000]))
  w.generate(a, 3)
  expect(b.tip).toEqual(a.tip)
  w.event({ kind: 'watch', scripts: [MINE], fromHeight: 1 })
  return { w, a, b, paying, paid }
}

/** Replaces the filter of one block, and its hash, by one that holds nothing of the block. */
function liarAbout(height: number, w: LightWorld) {
  const filter = () =>
    encodeGolombSet(w.light.headers.tip.ancestor(height).hash.subarray(0, 16), [ANYONE, MINE.slice(1)])
  return (command: string, payload: Uint8Array): Uint8Array => {
    if (command === 'cfheaders') {
      const message = decodeFilterHeaders(new ByteReader(payload))
      const hashes = message.hashes.map((hash, i) => (i + 1 === height ? filterHash(filter(), crypto) : hash))
      return encodeFilterHeaders({ ...message, hashes })
    }
    const blockHash =
      w.light.headers.tip.height >= height ? w.light.headers.tip.ancestor(height).hash : payload
    if (command === 'cfilter' && Buffer.compare(payload.subarray(1, 33), blockHash) === 0)
      return encodeFilter({ type: BASIC_FILTER, blockHash, filter: filter() })
    return payload
  }
}

describe('a light node', () => {
  test('finds what is paid to its script and who spends it, each with a proof', () => {
    const { w, a, b, paid } = world()
    w.join(a)
    expect(w.searched).toBe(0)
    w.join(b)
    expect(w.light.headers.tip.height).toBe(10)
    expect(w.searched).toBe(10)
    expect(w.found.map(({ height }) => height)).toEqual([5, 8])
    const first = parseTransaction(new ByteReader(w.found[0]!.transaction), crypto)
    expect(hashToHex(first.txid)).toBe(hashToHex(paid.txid))
    for (const { merkleProof, height, ...found } of w.found) {
      const header = parseHeader(new ByteReader(w.light.headers.tip.ancestor(height).header), crypto)
      const transaction = parseTransaction(new ByteReader(found.transaction), crypto)
      const coinbase = parseTransaction(new ByteReader(found.coinbase), crypto)
      const inclusion = { transaction, coinbase, proof: decodeMerkleProof(merkleProof) }
      expect(provesInclusion(inclusion, header, 25_000, crypto)).toBe(true)
    }
    expect(w.dismissed.size).toBe(0)
  })

  test('follows a reorganisation', () => {
    const { w, a, b } = world()
    w.join(a)
    w.join(b)
    const fork = a.tip.height - 4
    const old = w.light.headers.tip
    for (const node of [a, b]) {
      const hash = hashToHex(w.light.headers.tip.ancestor(fork + 1).hash)
      w.post(node, { kind: 'invalidate', hash })
    }
    w.run()
    while (a.tip.chainWork <= old.chainWork) {
      w.generate(a, 1)
      w.flow()
    }
    w.wait(10_000)
    expect(w.light.headers.tip.height).toBe(a.tip.height)
    expect(w.lost).toEqual([fork])
    expect(w.searched).toBe(a.tip.height)
  })

  test('finds out who lies about a filter, even when liars are the larger number', () => {
    const { w, a, b } = world(3)
    const c = w.full()
    w.connect(c, a)
    w.join(a, liarAbout(5, w))
    w.join(b, liarAbout(5, w))
    w.join(c)
    expect(w.dismissed.get(a)).toBe('filter leaves out an output')
    expect(w.dismissed.get(b)).toBe('filter leaves out an output')
    expect(w.dismissed.has(c)).toBe(false)
    expect(w.found).toEqual([])
  })

  test('does not believe a block that its header does not commit to, so that a liar cannot blame the honest', () => {
    const { w, a, b } = world()
    const lie = liarAbout(5, w)
    w.join(a, (command, payload) => {
      if (command !== 'block') return lie(command, payload)
      // Another script in the coinbase, which no honest filter holds.
      const forged = Buffer.from(payload)
      forged[forged.indexOf(Buffer.from([MINE.length, ...MINE])) + 1]! ^= 0xff
      return forged
    })
    w.join(b)
    const honest = w.full()
    w.connect(honest, b)
    w.join(honest)
    expect(w.dismissed.has(b)).toBe(false)
    expect(w.dismissed.get(a)).toBe('block with other transactions than its header commits to')
    expect(w.searched).toBe(10)
    expect(w.found.map(({ height }) => height)).toEqual([5, 8])
  })

  test('does not listen to who was not asked about a filter', () => {
    const { w, a, b } = world()
    const lie = liarAbout(5, w)
    w.join(a, lie)
    // The filter of another block in its place, so that the dispute stays open.
    w.join(b, (command, payload) => {
      const other = payload.slice()
      if (command === 'cfilter') other[1]! ^= 0xff
      return other
    })
    const c = w.full()
    w.connect(c, a)
    const id = w.join(c)
    const { hash } = w.light.headers.tip.ancestor(5)
    const payload = encodeFilter({ type: BASIC_FILTER, blockHash: hash, filter: new Uint8Array(1) })
    w.event({ kind: 'received', peer: id, bytes: encodeFrame(w.chain.magic, 'cfilter', payload, crypto) })
    w.wait(10_000)
    w.wait(10_000)
    expect(w.dismissed.has(c)).toBe(false)
    expect(w.dismissed.get(a)).toBeDefined()
  })

  test('gives up a peer that does not answer', () => {
    const { w, a, b } = world()
    const silent = w.full()
    w.connect(silent, a)
    w.join(silent, (command, payload) => (command === 'cfheaders' ? new Uint8Array(0) : payload))
    w.join(a)
    w.join(b)
    expect(w.dismissed.get(silent)).toContain('malformed cfheaders')
    expect(w.searched).toBe(10)
  })

  test('a header that lacks its work costs the connection', () => {
    const { w, a } = world()
    w.join(a, (command, payload) => {
      if (command !== 'headers' || payload.length < 80) return payload
      const broken = payload.slice()
      do broken[77]!++
      while ((crypto.hash256(broken.subarray(1, 81))[31]! & 0x80) === 0)
      return broken
    })
    expect(w.dismissed.get(a)).toBe('header with invalid proof of work')
    expect(w.light.headers.tip.height).toBe(0)
  })
})

test('whatever a stranger says, and when, no exception escapes', () => {
  const { w, a, b } = world()
  const heard: { command: string; payload: Uint8Array }[] = []
  const record = (command: string, payload: Uint8Array): Uint8Array => {
    heard.push({ command, payload: payload.slice() })
    return payload
  }
  w.join(a, record)
  const commands = [
    'cfcheckpt',
    'cfheaders',
    'cfilter',
    'block',
    'headers',
    'inv',
    'version',
    'verack',
    'ping',
  ]
  const edit = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) })
  const saying = fc.oneof(
    fc.tuple(fc.constantFrom(...commands), fc.uint8Array({ maxLength: 120 })),
    fc.tuple(fc.nat(), fc.array(edit, { maxLength: 3 })).map(([which, edits]) => {
      const { command, payload } = heard[which % heard.length]!
      let bytes = payload.slice()
      for (const { at, byte, cut } of edits) {
        if (bytes.length > 0) bytes[at % bytes.length] = byte
        if (cut !== null) bytes = bytes.slice(0, cut % (bytes.length + 1))
      }
      return [command, bytes] as const
    }),
  )
  let stranger = 0
  const play = (sayings: readonly (readonly [string, Uint8Array])[]): void => {
    const peer = 100_000 + stranger++
    w.event({ kind: 'connected', peer })
    for (const [command, payload] of sayings)
      w.event({ kind: 'received', peer, bytes: encodeFrame(w.chain.magic, command, payload, crypto) })
    w.event({ kind: 'disconnected', peer })
  }
  const runs = { numRuns: 300 }
  fc.assert(fc.property(fc.array(saying, { maxLength: 12 }), play), runs)
  // Now that filters are searched, and while two peers differ about one.
  w.join(b, liarAbout(5, w))
  fc.assert(fc.property(fc.array(saying, { maxLength: 12 }), play), runs)
  expect(w.light.headers.tip.height).toBe(10)
})
