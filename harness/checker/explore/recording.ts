import type { Domain } from '../../../spec/index.ts'
import type { Layout } from './layout.ts'

/** Some bits of one word of a packed state. */
export interface Segment {
  readonly word: number
  readonly shift: number
  /** The bits, before they are shifted. */
  readonly mask: number
}

/** A part of the state that is read as a whole. */
interface Unit {
  readonly domain: Domain<unknown>
  readonly segments: readonly Segment[]
  readonly fields: readonly Segment[]
  value: unknown
  /** The recording in which it was last read. */
  readIn: number
}

/** A packed state, each part of which is decoded when it is read; what was read is known. */
export interface Recording<State> {
  readonly state: State
  /** How many more numbers the memos of what is recorded may keep together. */
  readonly room: { left: number }
  /** Begins again, with the state that lies there. */
  readonly open: (words: Uint32Array, at: number) => void
  /** What was read since then, in order. */
  readonly segments: () => readonly Segment[]
  /** Whether what was read still is what it was. */
  readonly isIntact: () => boolean
}

export function createRecording<State extends object>({ places }: Layout<State>): Recording<State> {
  let current: { words: Uint32Array; at: number; turn: number } = {
    words: new Uint32Array(0),
    at: 0,
    turn: 0,
  }
  let read: Unit[] = []
  const digits = new Uint32Array(Math.max(1, ...places.map(({ fields }) => fields.length)))
  const take = ({ fields }: Unit) => {
    for (let index = 0; index < fields.length; index++) {
      const { word, shift, mask } = fields[index]!
      digits[index] = (current.words[current.at + word]! >>> shift) & mask
    }
  }
  const readUnit = (unit: Unit): unknown => {
    if (unit.readIn === current.turn) return unit.value
    unit.readIn = current.turn
    read.push(unit)
    take(unit)
    unit.value = unit.domain.decode(digits, 0)
    return unit.value
  }
  const define = (target: object, name: string, domain: Domain<unknown>, fields: readonly Segment[]) => {
    if (domain.parts !== undefined) {
      const value = objectOf(domain.parts, fields)
      return Object.defineProperty(target, name, { enumerable: true, value })
    }
    const unit: Unit = { domain, fields, segments: segmentsOf(fields), value: undefined, readIn: -1 }
    return Object.defineProperty(target, name, {
      enumerable: true,
      get: () => readUnit(unit),
      // A function that changes the state in place is found out afterwards.
      set: (value) => {
        readUnit(unit)
        unit.value = value
      },
    })
  }
  const objectOf = (parts: NonNullable<Domain<unknown>['parts']>, fields: readonly Segment[]): object => {
    const object = {}
    for (const { name, domain, offset } of parts)
      define(object, name, domain, fields.slice(offset, offset + domain.radices.length))
    return object
  }
  const state = {}
  for (const { name, domain, fields } of places) define(state, name, domain, fields)
  return {
    state: state as State,
    room: { left: ROOM },
    open: (words, at) => {
      current = { words, at, turn: current.turn + 1 }
      read = []
    },
    segments: () => read.flatMap(({ segments }) => segments),
    isIntact: () =>
      read.every((unit) => {
        if (!unit.domain.encode(unit.value, digits, 0)) return false
        const now = digits.slice(0, unit.fields.length)
        take(unit)
        return now.every((digit, place) => digit === digits[place])
      }),
  }
}

/** 128 MiB. */
const ROOM = 2 ** 25

/** Bits of a segment at most. */
const SEGMENT_BITS = 8

/** The fields, those that are long in pieces. */
function segmentsOf(fields: readonly Segment[]): readonly Segment[] {
  return fields.flatMap(({ word, shift, mask }) => {
    const segments: Segment[] = []
    for (let done = 0; mask >>> done > 0 && done < 32; done += SEGMENT_BITS)
      segments.push({ word, shift: shift + done, mask: (mask >>> done) & (2 ** SEGMENT_BITS - 1) })
    return segments
  })
}
