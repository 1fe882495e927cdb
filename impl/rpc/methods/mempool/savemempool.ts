import { method } from '../../method.ts'

export const savemempool = method({
  name: 'savemempool',
  category: 'mempool',
  summary: 'Writes the pool to the file that a restart reads',
  parameters: {},
  run: (_values, { operations }) => ({ filename: operations.savePool() }),
})
