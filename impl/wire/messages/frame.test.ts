import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { chooseCrypto } from '../../platform/index.ts'
import { concatBytes } from '../bytes.ts'
import { encodeFrame, type Frame, FrameReader } from './frame.ts'

const MAGIC = Uint8Array.of(1, 2, 3, 4)
const { crypto } = chooseCrypto()

function* chunksOf(stream: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let at = 0
  for (let i = 0; at < stream.length; i++) {
    const length = lengths[i % lengths.length]!
    yield stream.subarray(at, at + length)
    at += length
  }
}

function drain(reader: FrameReader): Frame[] {
  const frames: Frame[] = []
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) frames.push(frame)
  return frames
}

describe('a byte stream', () => {
  const message = fc.record({
    command: fc.constantFrom('ping', 'tx', 'block', 'unheard-of'),
    payload: fc.uint8Array({ maxLength: 300 }),
  })

  test('yields the same messages in any chunks, taken early or late', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 12 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (messages, rest, lengths, takesEarly) => {
          const frames = messages.map(({ command, payload }) => encodeFrame(MAGIC, command, payload, crypto))
          const stream = concatBytes(...frames, rest)
          const whole = new FrameReader(MAGIC, crypto)
          whole.push(stream)
          const expected = drain(whole)
          expect(expected.slice(0, messages.length)).toEqual(
            messages.map((entry) => ({ ...entry, intact: true })),
          )
          const cut = new FrameReader(MAGIC, crypto)
          const got: Frame[] = []
          for (const chunk of chunksOf(stream, lengths)) {
            cut.push(chunk)
            if (takesEarly) got.push(...drain(cut))
          }
          got.push(...drain(cut))
          expect(got).toEqual(expected)
          expect([cut.buffered, cut.broken]).toEqual([whole.buffered, whole.broken])
        },
      ),
    )
  })

  test.each([
    ['one large message in pieces of a byte', [new Uint8Array(300_000)], 1],
    ['many small messages in two pieces', Array.from({ length: 20_000 }, () => new Uint8Array(8)), 320_000],
  ])('%s is copied a few times at most', (_what, payloads, chunkLength) => {
    const stream = concatBytes(...payloads.map((payload) => encodeFrame(MAGIC, 'tx', payload, crypto)))
    const reader = new FrameReader(MAGIC, crypto)
    const set = vi.spyOn(Uint8Array.prototype, 'set')
    let count = 0
    let copied = 0
    for (const chunk of chunksOf(stream, [chunkLength])) {
      reader.push(chunk)
      for (const [bytes] of set.mock.calls) copied += bytes.length
      set.mockClear()
      count += drain(reader).length
    }
    set.mockRestore()
    expect(count).toBe(payloads.length)
    expect(copied / stream.length).toBeLessThan(4)
  })
})
