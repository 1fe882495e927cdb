import { descriptorChecksum } from '../../describe/descriptor-checksum.ts'
import { method } from '../../method.ts'
import { text } from '../../parameter.ts'
import { readDescriptor } from '../../read-descriptor.ts'

export const getdescriptorinfo = method({
  name: 'getdescriptorinfo',
  category: 'util',
  summary: 'Returns a descriptor with its checksum',
  parameters: { descriptor: text('The descriptor') },
  run: ({ descriptor }, node) => {
    readDescriptor(node, descriptor)
    const [body = ''] = descriptor.split('#')
    const checksum = descriptorChecksum(body)
    return {
      descriptor: `${body}#${checksum}`,
      checksum,
      isrange: false,
      issolvable: !/^(raw|addr|rawtr)\(/.test(body),
      hasprivatekeys: false,
    }
  },
})
