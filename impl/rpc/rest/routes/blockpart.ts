import { blockOf } from '../block-of.ts'
import { badRequest, numberIn, type Route } from '../route.ts'

export const blockpart: Route = {
  prefix: '/rest/blockpart/',
  summary: 'Returns some bytes of a block',
  run: ({ words: [word], query, format }, node) => {
    const most = Number.MAX_SAFE_INTEGER
    const offset = numberIn(query.get('offset') ?? '', 0, most, 'Block part offset missing or invalid')
    const size = numberIn(query.get('size') ?? '', 0, most, 'Block part size missing or invalid')
    const { raw } = blockOf(word, node).block
    if (size === 0 || offset + size > raw.length)
      throw badRequest(`Bad block part offset/size ${offset}/${size} for ${word}`)
    if (format === 'json') throw badRequest('JSON output is not supported for this request type')
    return { bin: () => raw.subarray(offset, offset + size) }
  },
}
