import { blocksProtocol } from './blocks/blocks-protocol.ts'
import { connectionProtocol } from './connection/connection-protocol.ts'
import { headersProtocol } from './headers/headers-protocol.ts'
import type { Protocol } from './protocol.ts'
import { servingProtocol } from './serving/serving-protocol.ts'
import { feeFilterProtocol } from './transactions/fee-filter.ts'
import { transactionsProtocol } from './transactions/transactions-protocol.ts'

/** All protocols of a node. The order is that of their work at a tick. */
export const PROTOCOLS: readonly Protocol[] = [
  connectionProtocol,
  blocksProtocol,
  headersProtocol,
  transactionsProtocol,
  feeFilterProtocol,
  servingProtocol,
]
