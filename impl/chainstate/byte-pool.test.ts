import { expect, test } from 'vitest'
import { BytePool } from './byte-pool.ts'

const CHUNK = 1 << 16

test('byte strings never overlap, up to the end of a chunk and beyond it', () => {
  const pool = new BytePool()
  const lengths = [1, CHUNK - 2, 1, 1, CHUNK, CHUNK + 1, 3]
  const taken = lengths.map((length, i) => pool.take(length).fill(i + 1))
  expect(taken.map(({ length }) => length)).toEqual(lengths)
  for (const [i, bytes] of taken.entries()) expect(bytes.every((byte) => byte === i + 1)).toBe(true)
  expect(taken[2]!.buffer).toBe(taken[0]!.buffer)
  expect(taken[3]!.buffer).not.toBe(taken[0]!.buffer)
})

test('bytes taken are zero, and a copy does not change with what was copied', () => {
  const pool = new BytePool()
  const source = Uint8Array.of(1, 2, 3)
  const copy = pool.copy(source)
  source.fill(9)
  expect(copy).toEqual(Uint8Array.of(1, 2, 3))
  expect(pool.take(2)).toEqual(Uint8Array.of(0, 0))
})
