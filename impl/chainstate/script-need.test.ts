import { expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import { type Block, hashToHex } from '../wire/index.ts'

/** Fourteen headers are two weeks of work. */
const chain = testChain(crypto, { limits: { targetSpacingSeconds: 86_400 } })
const FALSE_BLOCK = 6
const blocks = forge(30)

/** A chain whose block 6 spends a coin that no witness can open; headers are all that this node judges. */
function forge(count: number): Block[] {
  const node = new TestChain(chain)
  const made: Block[] = []
  for (let height = 1; height <= count; height++) {
    const coinbaseOutputs = height === 1 ? [{ value: 1, script: Uint8Array.of(0x00) }] : undefined
    const transactions = height === FALSE_BLOCK ? [node.forge.spend(made[0]!.transactions[0]!)] : []
    const block = node.forge.block(node.chainstate.headerTip, {
      transactions,
      ...(coinbaseOutputs && { coinbaseOutputs }),
    })
    node.chainstate.acceptHeader(block.header, LATER)
    made.push(block)
  }
  return made
}

/** The height that a node reaches which hears of some headers first, and what it says of scripts. */
function follow(assumeValid: string | undefined, headers: number, minimumChainWork = 0n) {
  const said: string[] = []
  const node = new TestChain(
    { ...chain, minimumChainWork },
    {
      assumeValid,
      scriptsTurned: ({ height }, reason) => said.push(`${height} ${reason ?? 'off'}`),
    },
  )
  for (const { header } of blocks.slice(0, headers)) node.chainstate.acceptHeader(header, LATER)
  for (const block of blocks) node.deliver(block)
  return { height: node.tip.height, said }
}

const vouched = hashToHex(blocks[FALSE_BLOCK - 1]!.hash)

test('below a block that the operator vouches for scripts are not judged, and above it they are', () => {
  expect(follow(vouched, 30)).toEqual({
    height: 30,
    said: ['1 off', '7 block height above assumevalid height'],
  })
})

test.each([
  [undefined, 30, 0n, 'assumevalid=0 (always verify)'],
  ['0', 30, 0n, 'assumevalid=0 (always verify)'],
  ['12'.repeat(32), 30, 0n, 'assumevalid hash not in headers'],
  [vouched, 15, 0n, 'block too recent relative to best header'],
  [vouched, 30, 1n << 80n, 'best header chainwork below minimumchainwork'],
])('with %s, %d headers and a least work of %d they are judged', (assumed, headers, work, reason) => {
  expect(follow(assumed, headers, work)).toEqual({ height: FALSE_BLOCK - 1, said: [`1 ${reason}`] })
})

test('a block beside the one that is vouched for is judged', () => {
  const said: (string | undefined)[] = []
  const node = new TestChain(chain, {
    assumeValid: vouched,
    scriptsTurned: (_block, reason) => said.push(reason),
  })
  for (const { header } of blocks) node.chainstate.acceptHeader(header, LATER)
  node.mine({ extra: 7 })
  expect(said).toEqual(['block not in assumevalid chain'])
})
