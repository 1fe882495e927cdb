import type { BlockNode, Chainstate } from '../../chainstate/index.ts'

/** Ten blocks one by one, then in strides that double, genesis last. [Core LocatorEntries] */
export function locatorOf(from: BlockNode): Uint8Array[] {
  const locator: Uint8Array[] = []
  let node = from
  let stride = 1
  for (;;) {
    locator.push(node.hash)
    if (node.height === 0) return locator
    node = node.ancestor(Math.max(node.height - stride, 0))
    if (locator.length > 10) stride *= 2
  }
}

/** The first block of a locator that is on the active chain; genesis when none is. [Core FindForkInGlobalIndex] */
export function forkOfLocator(chain: Chainstate, locator: readonly Uint8Array[]): BlockNode {
  const tip = chain.tip
  for (const hash of locator) {
    const node = chain.node(hash)
    if (node === undefined) continue
    if (chain.isActive(node)) return node
    if (node.height > tip.height && node.ancestor(tip.height) === tip) return tip
  }
  return chain.activeAt(0)!
}
