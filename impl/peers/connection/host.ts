const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const IPV4_MAPPED = '0:0:0:0:0:ffff:'
const LOOPBACK = '0:0:0:0:0:0:0:1'

/**
 * The host of an address in one spelling: without brackets, port and zone, an IPv4-mapped IPv6 address as IPv4, any
 * other IPv6 address as eight groups without leading zeros. What is no IP address keeps its name in lower case.
 * [RFC 4291 §2.2, §2.5.5.2]
 */
export function hostOf(address: string): string {
  const host = withoutPort(address.trim().toLowerCase())
  const groups = host.includes(':') ? groupsOf(host) : undefined
  if (groups === undefined) return ipv4Of(host)?.join('.') ?? host
  const text = groups.map((group) => group.toString(16)).join(':')
  return text.startsWith(IPV4_MAPPED) ? bytesOf(groups.slice(6)).join('.') : text
}

/** Whether a host, as `hostOf` spells it, is this machine: every proxy and local program shares it. [Core CNetAddr::IsLocal] */
export function isLocalHost(host: string): boolean {
  const first = ipv4Of(host)?.[0]
  return first === 127 || first === 0 || host === LOOPBACK
}

function withoutPort(address: string): string {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(address) ?? []
  const colons = address.split(':').length - 1
  const host = bracketed ?? (colons === 1 ? address.replace(/:\d+$/, '') : address)
  return host.replace(/%.*$/, '')
}

/** The four bytes of a dotted IPv4 address, or undefined. */
function ipv4Of(text: string): number[] | undefined {
  const bytes = IPV4.exec(text)?.slice(1).map(Number)
  return bytes?.every((byte) => byte <= 255) ? bytes : undefined
}

function bytesOf(groups: readonly number[]): number[] {
  return groups.flatMap((group) => [group >> 8, group & 0xff])
}

/** The eight groups of an IPv6 address, or undefined. */
function groupsOf(host: string): number[] | undefined {
  const halves = host.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(groupsOfPart)))
  const groups = tail === undefined ? head! : [...head!, ...missing(head!.length + tail.length), ...tail]
  return groups.length === 8 && groups.every((group) => group >= 0) ? groups : undefined
}

function missing(present: number): number[] {
  return new Array<number>(Math.max(0, 8 - present)).fill(0)
}

/** One group, or the two that a dotted IPv4 address stands for; -1 for what is neither. */
function groupsOfPart(part: string): number[] {
  const bytes = ipv4Of(part)
  if (bytes !== undefined) return [bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!]
  return [/^[0-9a-f]{1,4}$/.test(part) ? Number.parseInt(part, 16) : -1]
}
