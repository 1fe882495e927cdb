import { equalBytes } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { hash, integer, optional } from '../../parameter.ts'
import { waitForTip } from '../../wait.ts'

export const waitforblock = method({
  name: 'waitforblock',
  category: 'blockchain',
  summary: 'Waits until a block is the tip, and returns the tip',
  parameters: {
    blockhash: hash('The hash of the block'),
    timeout: optional(integer('Milliseconds; 0 waits for ever'), 0),
  },
  run: ({ blockhash, timeout }, node) =>
    waitForTip(node, timeout, ({ hash: tip }) => equalBytes(tip, blockhash)),
})
