import { codeOf, type Digits, type Domain, memoized, oneOf } from './domain.ts'

/** Members of a set that share one digit. */
const BITS = 30

/** Sets with at most this many subsets are decoded once each and kept. */
const KEPT_MAX = 4096

/**
 * Any set of values of a domain, as a list: a set of messages that only grows, a set of votes. A set is encoded in any
 * order, and a member that stands there twice counts once; decoded, its members come in the order of their domain.
 */
export function setOf<Member>(member: Domain<Member>): Domain<readonly Member[]> {
  const members = member.values()
  const placeOf = placesOf(member)
  const width = Math.max(1, Math.ceil(members.length / BITS))
  const kept: (readonly Member[])[] = []
  const decode = (digits: Digits, at: number) =>
    members.filter((_, place) => (digits[at + Math.floor(place / BITS)]! & (1 << (place % BITS))) !== 0)
  const ordered = (set: readonly Member[]) => {
    const places = new Set(set.map(placeOf))
    return members.filter((_, place) => places.has(place))
  }
  return {
    size: 2 ** members.length,
    radices: Array.from({ length: width }, (_, chunk) => 2 ** Math.min(BITS, members.length - chunk * BITS)),
    values: memoized(() =>
      Array.from({ length: 2 ** members.length }, (_, bits) =>
        members.filter((_, place) => Math.floor(bits / 2 ** place) % 2 === 1),
      ),
    ),
    encode: (set, digits, at) => {
      digits.fill(0, at, at + width)
      for (const value of set) {
        const place = placeOf(value)
        if (place === -1) return false
        digits[at + Math.floor(place / BITS)]! |= 1 << (place % BITS)
      }
      return true
    },
    decode:
      2 ** members.length > KEPT_MAX
        ? decode
        : (digits, at) => {
            kept[digits[at]!] ??= decode(digits, at)
            return kept[digits[at]!]!
          },
    print: (set) => `{${ordered(set).map(member.print).join(', ')}}`,
    toItf: (set) => ({ '#set': ordered(set).map(member.toItf) }),
    rename: (set, renaming) => set.map((value) => member.rename(value, renaming)),
  }
}

/** Any set of these members. */
export function subsetOf<const Member extends string | number>(
  members: readonly Member[],
): Domain<readonly Member[]> {
  return setOf(oneOf(members))
}

/**
 * A bag, as a list: each value of the domain at most `most` times. It is encoded in any order; decoded, its members
 * come in the order of their domain.
 */
export function bagOf<Member>(member: Domain<Member>, most: number): Domain<readonly Member[]> {
  const members = member.values()
  const placeOf = placesOf(member)
  const decode = (digits: Digits, at: number) =>
    members.flatMap((value, place) => Array.from({ length: digits[at + place]! }, () => value))
  const values = memoized(() => {
    const counts = Array.from({ length: (most + 1) ** members.length }, (_, code) =>
      Uint32Array.from(members, (_, place) => Math.floor(code / (most + 1) ** place) % (most + 1)),
    )
    return counts.map((digits) => decode(digits, 0))
  })
  const sorted = (bag: readonly Member[]) => [...bag].sort((left, right) => placeOf(left) - placeOf(right))
  return {
    size: (most + 1) ** members.length,
    radices: members.map(() => most + 1),
    values,
    encode: (bag, digits, at) => {
      digits.fill(0, at, at + members.length)
      for (const value of bag) {
        const place = placeOf(value)
        if (place === -1) return false
        digits[at + place]!++
        if (digits[at + place]! > most) return false
      }
      return true
    },
    decode,
    print: (bag) => `<${sorted(bag).map(member.print).join(', ')}>`,
    toItf: (bag) => sorted(bag).map(member.toItf),
    rename: (bag, renaming) => bag.map((value) => member.rename(value, renaming)),
  }
}

/** Whether a list has a member: by identity, or part by part. */
export function has<Member>(list: readonly Member[], member: Member): boolean {
  return list.includes(member) || (isObject(member) && list.some((entry) => isSame(entry, member)))
}

/** A list without the first entry that equals the member; the list itself when there is none. */
export function without<Member>(list: readonly Member[], member: Member): readonly Member[] {
  const place = list.findIndex((entry) => isSame(entry, member))
  return place === -1 ? list : list.toSpliced(place, 1)
}

/** Whether two plain values are equal, part by part. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => isSame((left as never)[key], (right as never)[key]))
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The place of a value in its domain; -1 when the domain does not have it. */
function placesOf<Member>(member: Domain<Member>): (value: Member) => number {
  const digits = new Uint32Array(member.radices.length)
  const places = new Map(member.values().map((value, place) => [codeOf(member, value, digits), place]))
  const byIdentity = new Map(member.values().map((value, place) => [value, place]))
  return (value) => byIdentity.get(value) ?? places.get(codeOf(member, value, digits)) ?? -1
}
