import { hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'
import { hash, integer, optional } from '../../parameter.ts'
import { waitForTip } from '../../wait.ts'

export const waitfornewblock = method({
  name: 'waitfornewblock',
  category: 'blockchain',
  summary: 'Waits until the tip changes, and returns the tip',
  parameters: {
    timeout: optional(integer('Milliseconds; 0 waits for ever'), 0),
    current_tip: optional(hash('Wait for another tip than this one')),
  },
  run: ({ timeout, current_tip }, node) => {
    const from = hashToHex(current_tip ?? node.view.chain.tip.hash)
    return waitForTip(node, timeout, ({ hash: tip }) => hashToHex(tip) !== from)
  },
})
