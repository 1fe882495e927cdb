import type { BlockNode, Chainstate } from '../../chainstate/index.ts'
import { badRequest, hashIn, numberIn } from './route.ts'

/** [Core MAX_REST_HEADERS_RESULTS] */
const HEADERS_MAX = 2000
const HEADERS_USUAL = '5'

/** A number and a hash in a path: `<hash>?count=<count>`, or `<count>/<hash>` as it was once. Throws RestError. */
export function countAndHash(
  words: readonly string[],
  query: URLSearchParams,
  usage: string,
): { count: number; hash: Uint8Array } {
  if (words.length < 1 || words.length > 2) throw badRequest(`Invalid URI format. Expected ${usage}`)
  const text = words.length === 2 ? words[0]! : (query.get('count') ?? HEADERS_USUAL)
  const refusal = `Header count is invalid or out of acceptable range (1-${HEADERS_MAX}): ${text}`
  return { count: numberIn(text, 1, HEADERS_MAX, refusal), hash: hashIn(words.at(-1)) }
}

/** Blocks of the active chain from one on; none when that is not part of it. */
export function activeFrom(hash: Uint8Array, count: number, chain: Chainstate): BlockNode[] {
  const first = chain.node(hash)
  if (first === undefined || !chain.isActive(first)) return []
  const nodes: BlockNode[] = []
  for (let height = first.height; nodes.length < count; height++) {
    const node = chain.activeAt(height)
    if (node === undefined) break
    nodes.push(node)
  }
  return nodes
}
