import { method } from '../../method.ts'
import { integer, optional } from '../../parameter.ts'

export const stop = method({
  name: 'stop',
  category: 'control',
  summary: 'Ends the daemon once this answer is out',
  parameters: { wait: optional(integer('Milliseconds to wait before the end, for tests'), 0) },
  run: (_values, { operations }) => {
    operations.stop()
    return 'Touchstone stopping'
  },
})
