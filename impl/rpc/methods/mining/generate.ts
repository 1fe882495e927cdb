import { method } from '../../method.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

export const generate = method({
  name: 'generate',
  category: 'mining',
  summary: 'has been replaced by the -generate cli option. Refer to -help for more information',
  isHidden: true,
  parameters: {},
  run: () => {
    throw new RpcError(
      RPC.methodNotFound,
      'generate\n\nhas been replaced by the -generate cli option. Refer to -help for more information.\n',
    )
  },
})
