/** 36 bytes as serialized: the id, the index as u32 LE. */
export function outpointOf(txid: Uint8Array, index: number): Uint8Array {
  const outpoint = new Uint8Array(36)
  outpoint.set(txid)
  new DataView(outpoint.buffer).setUint32(32, index, true)
  return outpoint
}
