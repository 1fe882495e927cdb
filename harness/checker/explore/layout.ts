import type { Domain, Module } from '../../../spec/index.ts'
import { ModelFault } from './model-fault.ts'

/** How the states of a model are packed: each digit of each variable in some bits of a 32-bit word. */
export interface Layout<State> {
  /** Words of a state. */
  readonly width: number
  /** Writes these variables into the words and leaves the others. Throws ModelFault on a value outside its domain. */
  readonly write: (values: Partial<State>, words: Uint32Array) => void
  readonly read: (words: Uint32Array, at: number) => State
  /** The variables with their places, in order. */
  readonly places: readonly Place[]
}

interface Field {
  readonly word: number
  readonly shift: number
  /** The bits it takes, before they are shifted. */
  readonly mask: number
}

/** Where the digits of one variable are. */
export interface Place {
  readonly name: string
  readonly domain: Domain<unknown>
  readonly fields: readonly Field[]
}

const WORD_BITS = 32

/** Finds a place for each digit: in the order of the variables, none across two words. */
export function layoutOf<State extends object>({ name: model, variables }: Module<State>): Layout<State> {
  let bits = 0
  const fieldOf = (radix: number): Field => {
    const width = bitsOf(radix)
    const used = bits % WORD_BITS
    if (used + width > WORD_BITS) bits += WORD_BITS - used
    const field = { word: Math.floor(bits / WORD_BITS), shift: bits % WORD_BITS, mask: maskOf(width) }
    bits += width
    return field
  }
  const places = new Map<string, Place>()
  for (const [name, domain] of Object.entries(variables) as [string, Domain<unknown>][])
    places.set(name, { name, domain, fields: domain.radices.map(fieldOf) })
  const all = [...places.values()]
  const digits = new Uint32Array(Math.max(1, ...all.map(({ fields }) => fields.length)))
  return {
    width: Math.max(1, Math.ceil(bits / WORD_BITS)),
    write: (values, words) => {
      for (const name in values) {
        const place = places.get(name)
        if (place === undefined) throw new ModelFault(`${name} is no variable of ${model}`)
        if (!place.domain.encode(values[name], digits, 0))
          throw new ModelFault(`${name} has left its domain: ${printAnything(values[name])}`)
        putDigits(place, digits, words)
      }
    },
    read: (words, at) => {
      const state: Record<string, unknown> = {}
      for (let variable = 0; variable < all.length; variable++) {
        const place = all[variable]!
        takeDigits(place, words, at, digits)
        state[place.name] = place.domain.decode(digits, 0)
      }
      return state as State
    },
    places: all,
  }
}

/** Writes the digits of a variable into the words. */
export function putDigits({ fields }: Place, digits: Uint32Array, words: Uint32Array): void {
  for (let index = 0; index < fields.length; index++) {
    const { word, shift, mask } = fields[index]!
    words[word] = (words[word]! & ~(mask << shift)) | (digits[index]! << shift)
  }
}

/** Reads the digits of a variable from the words. */
export function takeDigits({ fields }: Place, words: Uint32Array, at: number, digits: Uint32Array): void {
  for (let index = 0; index < fields.length; index++) {
    const { word, shift, mask } = fields[index]!
    digits[index] = (words[at + word]! >>> shift) & mask
  }
}

/** For each word the bits that are of none of these variables. */
export function maskOfVariables<State>(
  { width, places }: Layout<State>,
  names: readonly string[],
): readonly number[] {
  const mask = new Array<number>(width).fill(-1)
  for (const { name, fields } of places)
    if (names.includes(name))
      for (const { word, shift, mask: bits } of fields) mask[word] = mask[word]! & ~(bits << shift)
  return mask
}

function bitsOf(radix: number): number {
  return radix <= 1 ? 0 : Math.ceil(Math.log2(radix))
}

function maskOf(width: number): number {
  return width === WORD_BITS ? 0xffffffff : 2 ** width - 1
}

/** A value that its domain does not have cannot be printed by it. */
function printAnything(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
