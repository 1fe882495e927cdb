import { method } from '../../method.ts'
import { RPC, RpcError } from '../../rpc-error.ts'

/** Word for word as tools expect it. [Core generate] */
const MESSAGE =
  'generate\n\nhas been replaced by the -generate cli option. Refer to -help for more information.\n'

export const generate = method({
  name: 'generate',
  category: 'mining',
  summary: 'Has been replaced by generatetoaddress',
  isHidden: true,
  usage: MESSAGE,
  parameters: {},
  run: () => {
    throw new RpcError(RPC.methodNotFound, MESSAGE)
  },
})
