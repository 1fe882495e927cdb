import { method } from '../../method.ts'
import { integer, optional } from '../../parameter.ts'
import { waitForTip } from '../../wait.ts'

export const waitforblockheight = method({
  name: 'waitforblockheight',
  category: 'blockchain',
  summary: 'Waits until the tip is at least so high, and returns the tip',
  parameters: {
    height: integer('The height'),
    timeout: optional(integer('Milliseconds; 0 waits for ever'), 0),
  },
  run: ({ height, timeout }, node) => waitForTip(node, timeout, (tip) => tip.height >= height),
})
