import type { RpcNode } from './node.ts'
import { DescriptorError, scriptOfDescriptor } from './output-descriptor.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** The output script of a descriptor that an argument holds. Throws RpcError. */
export function readDescriptor({ view }: RpcNode, text: string, needsChecksum = false): Uint8Array {
  try {
    return scriptOfDescriptor(text, view.chain.chain.addresses, view.crypto, needsChecksum)
  } catch (error) {
    if (error instanceof DescriptorError) throw new RpcError(RPC.addressOrKey, error.message)
    throw error
  }
}
