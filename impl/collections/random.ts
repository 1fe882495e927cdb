/** 64 random bits. */
export function randomNonce(context: { entropy(): number }): bigint {
  const half = () => BigInt(Math.floor(context.entropy() * 0x100000000))
  return (half() << 32n) | half()
}

/** A waiting time of this mean, as between events that come by chance; 0 for mean 0. */
export function poissonDelay(context: { entropy(): number }, meanMs: number): number {
  return meanMs === 0 ? 0 : Math.round(-Math.log(1 - context.entropy()) * meanMs)
}
