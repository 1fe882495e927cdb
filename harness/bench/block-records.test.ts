import { expect, test } from 'vitest'
import { blockRecords } from './block-records.ts'

function record(...block: number[]): Buffer {
  const head = Buffer.from([0xfa, 0xbf, 0xb5, 0xda, 0, 0, 0, 0])
  head.writeUInt32LE(block.length, 4)
  return Buffer.concat([head, Buffer.from(block)])
}

test('gives every block of a file in order', () => {
  const file = Buffer.concat([record(1), record(), record(2, 3)])
  expect([...blockRecords(file)].map((block) => [...block])).toEqual([[1], [], [2, 3]])
})

test('refuses a file that ends within a block', () => {
  expect(() => [...blockRecords(record(1, 2).subarray(0, -1))]).toThrow('ends within a block')
})
