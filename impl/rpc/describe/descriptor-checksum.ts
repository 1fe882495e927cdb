const INPUT =
  '0123456789()[],\'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`#"\\ '
const OUTPUT = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0xf5dee51989n, 0xa9fdca3312n, 0x1bab10e32dn, 0x3706b1677an, 0x644d626ffdn]
const CHECKSUM_CHARACTERS = 8

/** The eight characters behind the `#` of a descriptor; undefined for characters that no descriptor has. [BIP380 §Checksum] */
export function descriptorChecksum(descriptor: string): string | undefined {
  let state = 1n
  let groups: number[] = []
  for (const character of descriptor) {
    const position = INPUT.indexOf(character)
    if (position < 0) return undefined
    state = step(state, position & 31)
    groups.push(position >> 5)
    if (groups.length < 3) continue
    state = step(state, groups[0]! * 9 + groups[1]! * 3 + groups[2]!)
    groups = []
  }
  if (groups.length === 1) state = step(state, groups[0]!)
  if (groups.length === 2) state = step(state, groups[0]! * 3 + groups[1]!)
  for (let i = 0; i < CHECKSUM_CHARACTERS; i++) state = step(state, 0)
  state ^= 1n
  return Array.from(
    { length: CHECKSUM_CHARACTERS },
    (_, i) => OUTPUT[Number((state >> (5n * BigInt(7 - i))) & 31n)],
  ).join('')
}

function step(state: bigint, value: number): bigint {
  const top = state >> 35n
  let next = ((state & 0x7ffffffffn) << 5n) ^ BigInt(value)
  GENERATOR.forEach((generator, bit) => {
    if ((top >> BigInt(bit)) & 1n) next ^= generator
  })
  return next
}
