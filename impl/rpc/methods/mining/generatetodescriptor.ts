import { method } from '../../method.ts'
import { mineBlocks, TRIES_MAX } from '../../mine.ts'
import { integer, optional, text } from '../../parameter.ts'
import { readDescriptor } from '../../read-descriptor.ts'

export const generatetodescriptor = method({
  name: 'generatetodescriptor',
  category: 'mining',
  summary: 'Mines blocks that pay a descriptor, and returns their hashes',
  isHidden: true,
  parameters: {
    num_blocks: integer('How many blocks'),
    descriptor: text('The descriptor'),
    maxtries: optional(integer('Hashes to try for each block'), TRIES_MAX),
  },
  run: ({ num_blocks, descriptor, maxtries }, node) =>
    mineBlocks(node, readDescriptor(node, descriptor), num_blocks, maxtries),
})
