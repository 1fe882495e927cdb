import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RawBlock, readBlock } from '../../../wire/index.ts'
import { inOrderOfParents, readFramed } from './framed-blocks.ts'
import { framed, testBlock } from './testing.ts'

const GENESIS = '11'.repeat(32)

function chainOf(length: number): RawBlock[] {
  const blocks: RawBlock[] = []
  for (let mark = 0; mark < length; mark++)
    blocks.push(readBlock(testBlock(blocks.at(-1)?.hash ?? GENESIS, mark))!)
  return blocks
}

const blocks = chainOf(4)
const bytes = blocks.map((block) => block.bytes)
const length = bytes[0]!.length
const frame = 8 + length
const file = () => Uint8Array.from(framed(bytes))
const hashes = (list: readonly RawBlock[] | undefined) => list?.map(({ hash }) => hash)

describe('framed blocks', () => {
  it('are read to the end', () => {
    expect(readFramed(file())).toEqual({ blocks, magic: 'fabfb5da', notes: [] })
  })

  it('zeros between blocks and at the end are reported', () => {
    const gapped = Buffer.concat([
      Buffer.alloc(5),
      framed(bytes.slice(0, 2)),
      Buffer.alloc(9),
      framed(bytes.slice(2)),
      Buffer.alloc(100),
    ])
    const read = readFramed(gapped)!
    expect(hashes(read.blocks)).toEqual(hashes(blocks))
    expect(read.notes).toEqual([
      '5 zero bytes before offset 5',
      `9 zero bytes before offset ${5 + 2 * frame + 9}`,
      '100 zero bytes at the end',
    ])
    expect(read.missing).toBeUndefined()
  })

  it.each([
    [
      'in its body',
      file().subarray(0, -10),
      `the end of the block of ${length} bytes at offset ${3 * frame}`,
    ],
    ['in its head', file().subarray(0, 3 * frame + 5), 'the block whose first 5 bytes stand at the end'],
    [
      'and followed by zeros',
      Buffer.concat([file().subarray(0, -10), Buffer.alloc(500)]),
      `the end of the block of ${length} bytes at offset ${3 * frame}`,
    ],
  ])('a last block cut short %s is missing', (_, torn, missing) => {
    const read = readFramed(torn)!
    expect(hashes(read.blocks)).toEqual(hashes(blocks.slice(0, 3)))
    expect(read.missing).toBe(missing)
  })

  it.each([
    ['the magic', 0, `offset ${frame}: expected the magic fabfb5da, got fbbfb5da`],
    ['the length, smaller', 4, `offset ${frame}: expected a block of`],
    ['the length, far too large', 7, `offset ${frame}: expected a block of`],
    ['the block', 60, `offset ${frame}: expected a block of ${length} bytes, got none`],
  ])('%s damaged in the middle is an error', (_, offset, message) => {
    const damaged = file()
    damaged[frame + offset]! ^= 1
    expect(() => readFramed(damaged)).toThrow(message)
  })

  it('no single inverted bit goes unnoticed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 * frame - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        const damaged = file()
        damaged[at]! ^= 1 << bit
        let read: ReturnType<typeof readFramed>
        try {
          read = readFramed(damaged)
        } catch {
          return
        }
        // The Merkle root does not guard the header: there another hash is the sign.
        expect(
          read?.missing !== undefined ||
            hashes(read?.blocks)?.join() !== hashes(blocks)!.join() ||
            read?.magic !== 'fabfb5da',
        ).toBe(true)
      }),
    )
  })
})

describe('blocks in any order', () => {
  it('come behind their parents', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(blocks, { minLength: 4 }), (shuffled) => {
        expect(hashes(inOrderOfParents(shuffled))).toEqual(hashes(blocks))
      }),
    )
  })

  it('stay where they are without a parent, twice the same too', () => {
    const [a, , c] = blocks as [RawBlock, RawBlock, RawBlock]
    expect(inOrderOfParents([c, a, a])).toEqual([c, a, a])
  })
})
