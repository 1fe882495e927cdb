import { defineModule, listOf, oneOf, range, recordOf, sequenceOf, setOf } from '../../../spec/index.ts'

/** Processes exclude each other by clocks and messages. [Lamport, Time, clocks, and the ordering of events] */
export const lamportMutex = defineModule({
  name: 'LamportMutex',
  constants: { processes: 3, clockMax: 6 },
  presets: { small: { processes: 2, clockMax: 6 } },
  variables: ({ processes, clockMax }) => {
    const message = recordOf({ kind: oneOf(['request', 'ack', 'release']), clock: range(0, clockMax) })
    return {
      clock: listOf(range(1, clockMax), processes),
      /** The clock with which each process asked, as each has heard; 0 when it does not ask. */
      asked: listOf(listOf(range(0, clockMax), processes), processes),
      acks: listOf(setOf(range(0, processes - 1)), processes),
      /** Messages on their way from each process to each. */
      channel: listOf(listOf(sequenceOf(message, 3), processes), processes),
      inside: setOf(range(0, processes - 1)),
    }
  },
  init: ({ processes }) => {
    const each = <Value>(value: Value) => Array.from({ length: processes }, () => value)
    return [{ clock: each(1), asked: each(each(0)), acks: each([]), channel: each(each([])), inside: [] }]
  },
  actions: ({ processes }, action) => {
    const all = range(0, processes - 1)
    const pair = { self: all, other: all }
    const isFirst = (state: { channel: Channels }, { self, other }: Pair, kind: Message['kind']) =>
      self !== other && state.channel[other]![self]![0]?.kind === kind
    return {
      Request: action({
        choose: { self: all },
        guard: ({ asked }, { self }) => asked[self]![self] === 0,
        next: ({ clock, asked, acks, channel }, { self }) => ({
          asked: put(asked, self, self, clock[self]!),
          channel: broadcast(channel, self, { kind: 'request', clock: clock[self]! }),
          acks: acks.with(self, [self]),
        }),
      }),
      Enter: action({
        choose: { self: all },
        guard: ({ asked, acks }, { self }) =>
          acks[self]!.length === processes &&
          asked[self]!.every((_, other) => beats(asked[self]!, self, other)),
        next: ({ inside }, { self }) => ({ inside: [...inside, self] }),
      }),
      Exit: action({
        choose: { self: all },
        guard: ({ inside }, { self }) => inside.includes(self),
        next: ({ asked, acks, channel, inside }, { self }) => ({
          inside: inside.filter((process) => process !== self),
          channel: broadcast(channel, self, { kind: 'release', clock: 0 }),
          asked: put(asked, self, self, 0),
          acks: acks.with(self, []),
        }),
      }),
      ReceiveRequest: action({
        choose: pair,
        guard: (state, choice) => isFirst(state, choice, 'request'),
        next: ({ clock, asked, channel }, { self, other }) => {
          const heard = channel[other]![self]![0]!.clock
          const taken = put(channel, other, self, channel[other]![self]!.slice(1))
          return {
            asked: put(asked, self, other, heard),
            clock: clock.with(self, Math.max(heard, clock[self]!) + 1),
            channel: put(taken, self, other, [...taken[self]![other]!, { kind: 'ack', clock: 0 }]),
          }
        },
      }),
      ReceiveAck: action({
        choose: pair,
        guard: (state, choice) => isFirst(state, choice, 'ack'),
        next: ({ acks, channel }, { self, other }) => ({
          acks: acks.with(self, [...acks[self]!, other]),
          channel: put(channel, other, self, channel[other]![self]!.slice(1)),
        }),
      }),
      ReceiveRelease: action({
        choose: pair,
        guard: (state, choice) => isFirst(state, choice, 'release'),
        next: ({ asked, channel }, { self, other }) => ({
          asked: put(asked, self, other, 0),
          channel: put(channel, other, self, channel[other]![self]!.slice(1)),
        }),
      }),
    }
  },
  constraint:
    ({ clockMax }) =>
    ({ clock }) =>
      clock.every((time) => time <= clockMax),
  invariants: () => ({ oneIsInside: ({ inside }) => inside.length <= 1 }),
})

interface Message {
  readonly kind: 'request' | 'ack' | 'release'
  readonly clock: number
}

interface Pair {
  readonly self: number
  readonly other: number
}

type Channels = readonly (readonly (readonly Message[])[])[]

function put<Value>(
  table: readonly (readonly Value[])[],
  row: number,
  column: number,
  value: Value,
): readonly (readonly Value[])[] {
  return table.with(row, table[row]!.with(column, value))
}

function broadcast(channel: Channels, self: number, message: Message): Channels {
  return channel.with(
    self,
    channel[self]!.map((queue, other) => (other === self ? queue : [...queue, message])),
  )
}

function beats(asked: readonly number[], self: number, other: number): boolean {
  return (
    self === other ||
    asked[other] === 0 ||
    asked[self]! < asked[other]! ||
    (asked[self] === asked[other] && self < other)
  )
}
