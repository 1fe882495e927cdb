import { expect, test } from 'vitest'
import { testChainFile } from '../testing/chains.ts'
import { crypto } from '../testing/test-chain.ts'
import { TestWorld } from '../testing/world.ts'

test('a node says at the start that it lacks rules, and warns when the tip reaches them, once', () => {
  const world = new TestWorld(testChainFile(crypto, { specifiedBelowHeight: 3 }))
  const node = world.add()
  world.run()
  const levels = () =>
    node.logs.filter(({ message }) => message.includes('from height 3 on')).map(({ level }) => level)
  expect(levels()).toEqual(['info'])
  world.generate(node, 2)
  expect(levels()).toEqual(['info'])
  world.generate(node, 3)
  expect(levels()).toEqual(['info', 'warning'])
  world.restart(node)
  world.run()
  expect(levels()).toEqual(['info', 'warning', 'warning'])
})
