import { expect, test } from 'vitest'
import { quickChain } from '../../testing/chains.ts'
import { RawPeer } from '../../testing/raw-peer.ts'
import { TestWorld } from '../../testing/world.ts'
import { encodeHeaders } from '../../wire/index.ts'

const mandatory = {
  kind: 'bip8',
  bit: 0,
  startHeight: 4,
  timeoutHeight: 12,
  lockInOnTimeout: true,
  threshold: 3,
  window: 4,
}

test('a block that keeps silent where it must signal costs nobody the connection, nor do those above it', () => {
  const world = new TestWorld({ ...quickChain, deployments: { ...quickChain.deployments, csv: mandatory } })
  // A node of the same chain that knows nothing of the soft fork.
  const others = world.add({
    chain: { ...world.chain, deployments: { ...world.chain.deployments, csv: { kind: 'never' } } },
  })
  const blocks = world.generate(others, 12)
  const node = world.add()
  for (const block of blocks.slice(0, 8)) world.submit(node, 'submitBlock', block)
  expect(node.tip.height).toBe(8)
  const peers = [false, true].map((inbound, i) => new RawPeer(world, node, inbound, `10.3.1.${i}`).shake())
  for (const peer of peers) {
    peer.say('headers', encodeHeaders(blocks.slice(8).map((block) => block.subarray(0, 80))))
    for (const block of blocks.slice(8)) peer.say('block', block)
    expect(peer.closed).toBeUndefined()
  }
  const reasons = node.judged.map(({ verdict }) => ('reason' in verdict ? verdict.reason : ''))
  expect(reasons).toContain('bad-version-bip8-must-signal')
  expect(node.tip.height).toBe(8)
})
