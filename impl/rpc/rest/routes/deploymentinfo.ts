import { getdeploymentinfo } from '../../methods/blockchain/getdeploymentinfo.ts'
import { badRequest, hashIn, type Route } from '../route.ts'

export const deploymentinfo: Route = {
  prefix: '/rest/deploymentinfo',
  summary: 'Returns which soft forks hold for the child of a block, or of the tip',
  run: ({ words: [word] }, node) => {
    const blockhash = word === undefined ? undefined : hashIn(word)
    if (blockhash !== undefined && node.view.chain.node(blockhash) === undefined)
      throw badRequest('Block not found')
    return { json: () => getdeploymentinfo.run({ blockhash }, node, []) }
  },
}
