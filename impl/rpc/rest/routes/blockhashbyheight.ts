import { hashToHex } from '../../../wire/index.ts'
import { notFound, numberIn, type Route } from '../route.ts'

export const blockhashbyheight: Route = {
  prefix: '/rest/blockhashbyheight/',
  summary: 'Returns the hash of the block at a height of the active chain',
  run: ({ words: [word = ''] }, { view }) => {
    const node = view.chain.activeAt(numberIn(word, 0, 0x7fffffff, `Invalid height: ${word}`))
    if (node === undefined) throw notFound('Block height out of range')
    const blockhash = hashToHex(node.hash)
    return { bin: () => node.hash.slice(), hex: () => blockhash, json: () => ({ blockhash }) }
  },
}
