/** Codes of JSON-RPC and of Bitcoin Core's interface. [JSON-RPC 2.0 §5.1; Core rpc/protocol.h] */
export const RPC = {
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  parseError: -32700,
  internal: -32603,
  misc: -1,
  type: -3,
  addressOrKey: -5,
  invalidParameter: -8,
  deserialization: -22,
  verify: -25,
  verifyRejected: -26,
  alreadyInChain: -27,
  warmup: -28,
  notConnected: -9,
  initialDownload: -10,
  alreadyAdded: -23,
  notAdded: -24,
  nodeNotConnected: -29,
  invalidAddressOrSubnet: -30,
  networkDisabled: -31,
  capacityReached: -34,
} as const

/** What a call is refused with. */
export class RpcError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** An argument has the right type and a value that cannot be. */
export function invalidParameter(message: string): RpcError {
  return new RpcError(RPC.invalidParameter, message)
}
