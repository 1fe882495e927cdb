import type { Module, Renaming } from '../../../spec/index.ts'
import { type Layout, type Place, putDigits, takeDigits } from './layout.ts'

/** Replaces a packed state by the one that stands for all that differ from it only in the names of processes. */
export type Canonical = (words: Uint32Array) => void

/**
 * The least of a state's images under all permutations of the interchangeable processes: exact, so that two states have
 * the same one exactly when a permutation makes them equal. Undefined when no processes are interchangeable.
 */
export function canonicalOf<State>(
  { interchangeable }: Module<State>,
  { places }: Layout<State>,
): Canonical | undefined {
  const renamings = renamingsOf(interchangeable)
  if (renamings.length === 1) return undefined
  const tables = places.map((place) => createImages(place, renamings))
  const images: (readonly number[])[] = []
  return (words) => {
    for (let variable = 0; variable < tables.length; variable++)
      images[variable] = tables[variable]!.imagesOf(words)
    let best = 0
    for (let renaming = 1; renaming < renamings.length; renaming++)
      if (isLess(images, renaming, best)) best = renaming
    if (best === 0) return
    for (let variable = 0; variable < tables.length; variable++)
      tables[variable]!.put(images[variable]![best]!, words)
  }
}

/** Every renaming of processes within their groups; the first changes nothing. */
export function renamingsOf(groups: readonly (readonly string[])[]): readonly Renaming[] {
  let renamings: readonly (readonly (readonly [string, string])[])[] = [[]]
  for (const group of groups) {
    const orders = permutations(group).map((order) =>
      group.map((name, place) => [name, order[place]!] as const),
    )
    renamings = renamings.flatMap((renaming) => orders.map((order) => [...renaming, ...order]))
  }
  return renamings.map((entries) => new Map(entries))
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length === 0) return [[]]
  return names.flatMap((name, place) =>
    permutations(names.toSpliced(place, 1)).map((rest) => [name, ...rest]),
  )
}

function isLess(images: readonly (readonly number[])[], left: number, right: number): boolean {
  for (const ofVariable of images) {
    const difference = ofVariable[left]! - ofVariable[right]!
    if (difference !== 0) return difference < 0
  }
  return false
}

/** The values of one variable that were met, numbered, each with the numbers of its images. */
interface Images {
  readonly imagesOf: (words: Uint32Array) => readonly number[]
  readonly put: (number: number, words: Uint32Array) => void
}

function createImages(place: Place, renamings: readonly Renaming[]): Images {
  const { domain, fields } = place
  const numbers = new Map<string | number, number>()
  const met: Uint32Array[] = []
  const images: (readonly number[] | undefined)[] = []
  const digits = new Uint32Array(fields.length)
  const isSmall = domain.radices.reduce((product, radix) => product * radix, 1) < Number.MAX_SAFE_INTEGER
  const keyOf = isSmall
    ? (value: Uint32Array) => {
        let key = 0
        for (let digit = 0; digit < value.length; digit++) key = key * domain.radices[digit]! + value[digit]!
        return key
      }
    : (value: Uint32Array) => value.join()
  const numberOf = (value: Uint32Array): number => {
    const key = keyOf(value)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, met.length)
    met.push(value.slice())
    return met.length - 1
  }
  const imageOf = (value: unknown, renaming: Renaming) => {
    const image = new Uint32Array(fields.length)
    domain.encode(domain.rename(value, renaming), image, 0)
    return numberOf(image)
  }
  return {
    imagesOf: (words) => {
      takeDigits(place, words, 0, digits)
      const number = numberOf(digits)
      if (images[number] === undefined) {
        const value = domain.decode(digits, 0)
        images[number] = renamings.map((renaming) => imageOf(value, renaming))
      }
      return images[number]
    },
    put: (number, words) => putDigits(place, met[number]!, words),
  }
}
