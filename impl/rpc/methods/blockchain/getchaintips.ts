import { type BlockNode, forkPoint } from '../../../chainstate/index.ts'
import { hashToHex } from '../../../wire/index.ts'
import { method } from '../../method.ts'

export const getchaintips = method({
  name: 'getchaintips',
  category: 'blockchain',
  summary: 'Returns the tips of all branches of the block tree, the highest first',
  parameters: {},
  run: (_values, { view }) => {
    const { chain } = view
    const inner = new Set<BlockNode>()
    const off: BlockNode[] = []
    for (const node of chain.nodes()) {
      if (chain.isActive(node)) continue
      off.push(node)
      if (node.previous !== undefined) inner.add(node.previous)
    }
    const tips = [chain.tip, ...off.filter((node) => !inner.has(node))]
    tips.sort((a, b) => b.height - a.height)
    return tips.map((tip) => ({
      height: tip.height,
      hash: hashToHex(tip.hash),
      branchlen: tip.height - forkPoint(tip, chain.tip).height,
      status: chain.isActive(tip) ? 'active' : statusOf(tip),
    }))
  },
})

function statusOf(node: BlockNode): string {
  if (node.isFailed) return 'invalid'
  if (!node.isLinked) return 'headers-only'
  return node.undo === undefined ? 'valid-headers' : 'valid-fork'
}
