import { describe, expect, test } from 'vitest'
import { MemoryFiles } from '../platform/index.ts'
import { deobfuscated, type ReadableFiles } from '../storage/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { type Block, ByteWriter, bytesToHex, concatBytes, hashToHex } from '../wire/index.ts'
import { importBlocks } from './block-import.ts'
import { parseWhole } from './block-order.ts'

const chain = testChain(crypto)
const ZEROS = new Uint8Array(1 << 12)

/** A chain of 20 blocks with a spend and a branch of two, in the order in which they were mined. */
function story() {
  const node = new TestChain(chain)
  const blocks = node.mineMany(12)
  const fork = node.node(blocks[9]!)
  blocks.push(node.mine({ extra: 7 }, fork), ...node.mineMany(7))
  blocks.push(node.mine({ transactions: [node.forge.spend(blocks[0]!.transactions[0]!)] }))
  return { blocks, tip: hashToHex(node.tip.hash), digest: bytesToHex(node.chainstate.coinDigest()) }
}

const { blocks, tip, digest } = story()
const genesis = chain.genesis

function frame(block: Block, raw = block.raw): Uint8Array {
  return new ByteWriter().put(chain.magic).u32(raw.length).put(raw).finish()
}

const frames = (list: readonly Block[]) => concatBytes(...list.map((block) => frame(block)))

function filesOf(...contents: readonly Uint8Array[]): MemoryFiles {
  const files = new MemoryFiles()
  for (const [i, bytes] of contents.entries()) files.append(`blk0000${i}.dat`, bytes)
  return files
}

/** Imports into an empty node, and says where that ends. */
function imported(files: ReadableFiles, node = new TestChain(chain)) {
  const isKnown = (hash: Uint8Array) => node.chainstate.node(hash) !== undefined
  const search = importBlocks({ files, chain, hasher: crypto, isKnown })
  const verdicts: string[] = []
  for (let next = search.next(); ; next = search.next()) {
    if (next.done === true) {
      const state = { tip: hashToHex(node.tip.hash), digest: bytesToHex(node.chainstate.coinDigest()) }
      return { ...state, line: next.value, verdicts, height: node.tip.height }
    }
    verdicts.push(node.deliver(parseWhole(next.value, crypto)).outcome)
  }
}

describe('block files as nodes leave them give the same coins', () => {
  const reversed = [...blocks].reverse()
  const damaged = blocks[5]!.raw.slice()
  damaged[damaged.length - 6]! ^= 1
  const key = Uint8Array.of(0x8d, 0x1f, 0x33, 0xa7, 0xc0, 0x5e, 0x6b, 0x92)
  const xor = (bytes: Uint8Array) => bytes.map((byte, i) => byte ^ key[i % 8]!)
  const cases: Readonly<Record<string, ReadableFiles>> = {
    plain: filesOf(frames([genesis, ...blocks])),
    'space reserved behind them': filesOf(concatBytes(frames(blocks), ZEROS)),
    'gaps between them': filesOf(
      concatBytes(...blocks.flatMap((block) => [frame(block), ZEROS.subarray(0, 99)])),
    ),
    'children first': filesOf(frames([...reversed, genesis])),
    'several files, the last one first': filesOf(frames(blocks.slice(11)), frames(blocks.slice(0, 11))),
    'some of them twice': filesOf(frames([...blocks, ...blocks.slice(4)])),
    'a damaged copy before the whole one, behind their children': filesOf(
      frames([...blocks.slice(6), ...blocks.slice(0, 5)]),
      concatBytes(frame(blocks[5]!, damaged), frame(blocks[5]!)),
    ),
    'one cut short, and written again': filesOf(
      concatBytes(frame(blocks[0]!).subarray(0, 90), frames(blocks)),
    ),
    obfuscated: deobfuscated(filesOf(xor(frames(blocks)), xor(ZEROS)), key, chain.magic),
    'plain beside obfuscated ones': deobfuscated(
      filesOf(xor(frames(blocks.slice(0, 9))), frames(blocks.slice(9))),
      key,
      chain.magic,
    ),
  }
  test.each(Object.entries(cases))('%s', (_, files) => {
    const end = imported(files)
    expect([end.tip, end.digest]).toEqual([tip, digest])
    expect(end.line).not.toMatch(/wait/)
  })
})

describe('what is missing is said in one line', () => {
  test('when a file ends in the middle of a block', () => {
    const whole = frames(blocks)
    const end = imported(filesOf(whole.subarray(0, whole.length - 1)))
    expect(end.line).toBe(`${blocks.length - 1} blocks in 1 files`)
    expect(end.height).toBe(19)
  })

  test('when a block is in no file, or in none that is whole', () => {
    const rest = blocks.slice(6)
    const line = `; ${rest.length} wait for block ${hashToHex(blocks[5]!.hash)}, of which there is no whole copy`
    const without = imported(filesOf(frames(blocks.slice(0, 5)), frames(rest)))
    expect(without.line).toBe(`${blocks.length - 1} blocks in 2 files${line}`)
    expect(without.height).toBe(5)
    const damaged = blocks[5]!.raw.slice()
    damaged[damaged.length - 6]! ^= 1
    const end = imported(
      filesOf(concatBytes(frames(blocks.slice(0, 5)), frame(blocks[5]!, damaged), frames(rest))),
    )
    expect(end.line).toBe(`${blocks.length} blocks in 1 files${line}`)
    expect(end.verdicts.filter((outcome) => outcome === 'rejected')).toHaveLength(1)
  })
})

test('a block that is recorded twice is judged once more, and its children once', () => {
  const [first, second, ...rest] = blocks
  const end = imported(filesOf(frames([second!, first!, first!, ...rest, second!])))
  expect(end.verdicts.filter((outcome) => outcome === 'duplicate')).toHaveLength(2)
  expect(end.verdicts).toHaveLength(blocks.length + 2)
})

test('an import goes on where the node is', () => {
  const node = new TestChain(chain)
  for (const block of blocks.slice(0, 7)) node.deliver(block)
  const end = imported(filesOf(frames([...blocks.slice(7)].reverse())), node)
  expect([end.tip, end.digest]).toEqual([tip, digest])
})
