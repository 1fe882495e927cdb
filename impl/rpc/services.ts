/** Names of the service bits, by their position. [Core protocol.h ServiceFlags] */
const NAMES: Readonly<Record<number, string>> = {
  0: 'NETWORK',
  2: 'BLOOM',
  3: 'WITNESS',
  6: 'COMPACT_FILTERS',
  10: 'NETWORK_LIMITED',
  11: 'P2P_V2',
}

export function serviceNames(services: bigint): string[] {
  const names: string[] = []
  for (let bit = 0; bit < 64; bit++)
    if ((services >> BigInt(bit)) & 1n) names.push(NAMES[bit] ?? `UNKNOWN[2^${bit}]`)
  return names
}

export function hex64(value: bigint): string {
  return value.toString(16).padStart(16, '0')
}
