import { hashToHex } from '../../../wire/index.ts'
import { describeDeployments, flagNames } from '../../describe/deployments.ts'
import { findBlock } from '../../lookup.ts'
import { method } from '../../method.ts'
import { hash, optional } from '../../parameter.ts'

export const getdeploymentinfo = method({
  name: 'getdeploymentinfo',
  category: 'blockchain',
  summary: 'Returns which soft forks hold for the child of a block',
  parameters: { blockhash: optional(hash('The hash of the block (default: the tip)')) },
  run: ({ blockhash }, node) => {
    const { chain } = node.view
    const block = blockhash === undefined ? chain.tip : findBlock(node, blockhash)
    return {
      hash: hashToHex(block.hash),
      height: block.height,
      script_flags: flagNames(block, chain),
      deployments: describeDeployments(block, chain),
    }
  },
})
