/** JSON-RPC's and its servers' codes for a method that they lack. [JSON-RPC 2.0 §5.1; btcd ErrRPCUnimplemented] */
const LACKING: ReadonlySet<number> = new Set([-32601, -1])

/** Whether an error says that the method is not there. */
export const isLacking = ({ code }: { readonly code: number }): boolean => LACKING.has(code)
