/** The two checksums differ in one constant. [BIP173, BIP350] */
export type ChecksumKind = 'bech32' | 'bech32m'

const CONSTANT: Readonly<Record<ChecksumKind, number>> = { bech32: 1, bech32m: 0x2bc830a3 }
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const CHECKSUM_VALUES = 6

/** The remainder after one value more. */
function step(remainder: number, value: number): number {
  const top = remainder >>> 25
  let next = ((remainder & 0x1ffffff) << 5) ^ value
  for (let i = 0; i < GENERATOR.length; i++) if (((top >> i) & 1) === 1) next ^= GENERATOR[i]!
  return next
}

/** 0 when the checksum at the end of the values holds. Bits elsewhere depend on the errors alone, whatever the values. */
export function residueOf(kind: ChecksumKind, prefix: string, values: Uint8Array): number {
  let remainder = 1
  for (let i = 0; i < prefix.length; i++) remainder = step(remainder, prefix.charCodeAt(i) >> 5)
  remainder = step(remainder, 0)
  for (let i = 0; i < prefix.length; i++) remainder = step(remainder, prefix.charCodeAt(i) & 31)
  for (const value of values) remainder = step(remainder, value)
  return remainder ^ CONSTANT[kind]
}

/** The six values that follow `data`. */
export function createChecksum(kind: ChecksumKind, prefix: string, data: Uint8Array): Uint8Array {
  const open = new Uint8Array(data.length + CHECKSUM_VALUES)
  open.set(data)
  const residue = residueOf(kind, prefix, open)
  return Uint8Array.from({ length: CHECKSUM_VALUES }, (_, i) => (residue >>> (5 * (5 - i))) & 31)
}

/**
 * Where at most two wrong values explain why neither checksum holds; places count from the end, the farthest first.
 * The code detects up to four errors, so that two are located without doubt; of the two checksums the one that needs
 * fewer wins. The right values are not given: the user should look again, not trust a guess. [Core LocateErrors]
 */
export function locateErrors(
  prefix: string,
  values: Uint8Array,
): { error: string; fromEnd: readonly number[] } {
  const bech32 = wrongPlaces(residueOf('bech32', prefix, values), values.length)
  const bech32m = wrongPlaces(residueOf('bech32m', prefix, values), values.length)
  if (bech32 === undefined && bech32m === undefined) return { error: 'Invalid checksum', fromEnd: [] }
  return bech32 !== undefined && bech32.length <= (bech32m?.length ?? bech32.length)
    ? { error: 'Invalid Bech32 checksum', fromEnd: bech32 }
    : { error: 'Invalid Bech32m checksum', fromEnd: bech32m! }
}

/** The remainder is linear: that of two errors is the sum of those of each. */
function wrongPlaces(residue: number, length: number): number[] | undefined {
  const placeOf = new Map<number, number>()
  for (let error = 1; error < 32; error++) {
    let remainder = error
    for (let place = 0; place < length; place++, remainder = step(remainder, 0)) placeOf.set(remainder, place)
  }
  const single = placeOf.get(residue)
  if (single !== undefined) return [single]
  for (const [remainder, place] of placeOf) {
    const other = placeOf.get(remainder ^ residue)
    if (other !== undefined && other !== place) return [Math.max(place, other), Math.min(place, other)]
  }
  return undefined
}
