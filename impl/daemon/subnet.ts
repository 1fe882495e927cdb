/** The name of a Tor service of version 3, which is a subnet of its own. [Tor rend-spec-v3 §6] */
const ONION = /^[a-z2-7]{56}\.onion$/

/** Whether an address, without port, lies in a subnet: ADDRESS, ADDRESS/BITS, or ADDRESS/MASK; other names lie in none. */
export function isInSubnet(address: string, subnet: string): boolean {
  if (ONION.test(subnet)) return address === subnet
  const [base = '', width] = subnet.split('/')
  const own = bytesOf(address)
  const other = bytesOf(base)
  if (own === undefined || other === undefined || own.length !== other.length) return false
  const bits = width === undefined ? own.length * 8 : widthOf(width)
  for (let i = 0; i < bits; i++) {
    const mask = 0x80 >> (i % 8)
    if ((own[i >> 3]! & mask) !== (other[i >> 3]! & mask)) return false
  }
  return true
}

/** A subnet in one spelling, ADDRESS/BITS with the bits behind the prefix cleared, or NAME.onion; undefined for a text that is none. */
export function subnetOf(text: string): string | undefined {
  if (ONION.test(text)) return text
  const [base = '', width, ...rest] = text.split('/')
  const bytes = bytesOf(base)
  if (bytes === undefined || rest.length > 0 || bytes.some((byte) => !(byte >= 0 && byte < 256)))
    return undefined
  const bits = width === undefined ? bytes.length * 8 : widthOf(width)
  if (!Number.isInteger(bits) || bits < 0 || bits > bytes.length * 8) return undefined
  const cleared = bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * at))) & 0xff)
  return `${formatBytes(cleared)}/${bits}`
}

/** Orders what `subnetOf` returns: IPv4, IPv6, names; by address, then the wider first. [Core CSubNet operator<] */
export function compareSubnets(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

function sortKey(subnet: string): string {
  const [base = '', width = ''] = subnet.split('/')
  const bytes = bytesOf(base)
  if (bytes === undefined) return `n${base}`
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${bytes.length === 4 ? '4' : '6'}${digits}/${width.padStart(3, '0')}`
}

function formatBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at]! << 8) | bytes[2 * at + 1]!).toString(16),
  )
  const [longest = ''] = (groups.join(':').match(/\b0(?::0)+\b/g) ?? []).sort((a, b) => b.length - a.length)
  return longest === '' ? groups.join(':') : groups.join(':').replace(longest, '::').replace(/:{3,}/g, '::')
}

function widthOf(text: string): number {
  const mask = bytesOf(text)
  if (mask === undefined || !text.includes('.')) return Number(text)
  return mask.reduce((bits, byte) => bits + byte.toString(2).replaceAll('0', '').length, 0)
}

/** 4 or 16 bytes; an IPv4 address in an IPv6 one counts as itself. */
function bytesOf(text: string): number[] | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (/^\d+(\.\d+){3}$/.test(bare)) return bare.split('.').map(Number)
  if (!bare.includes(':')) return undefined
  const [head = '', tail] = bare.split('::')
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const gap = new Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0)
  if (left.length + gap.length + right.length !== 8) return undefined
  if ([...left, ...right].some((group) => Number.isNaN(group) || group > 0xffff)) return undefined
  return [...left, ...gap, ...right].flatMap((group) => [group >> 8, group & 0xff])
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}
