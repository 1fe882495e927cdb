import { method } from '../../method.ts'

/** Needs the table of methods, which it is part of: the node hands the document in. */
export const rpcDiscover = method({
  name: 'rpc.discover',
  category: 'control',
  summary: 'Returns the OpenRPC document of all methods',
  parameters: {},
  run: (_values, { discover }) => discover(),
})
