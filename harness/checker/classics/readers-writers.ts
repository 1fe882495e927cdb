import { defineModule, has, oneOf, range, recordOf, sequenceOf, setOf, weak } from '../../../spec/index.ts'

/** Actors wait in one queue to read together or to write alone. [Courtois, Heymans and Parnas, Concurrent control] */
export const readersWriters = defineModule({
  name: 'ReadersWriters',
  constants: { actors: 2 },
  presets: { '3': { actors: 3 }, '4': { actors: 4 } },
  variables: ({ actors }) => ({
    readers: setOf(range(1, actors)),
    writers: setOf(range(1, actors)),
    waiting: sequenceOf(recordOf({ kind: oneOf(['read', 'write']), actor: range(1, actors) }), 2 * actors),
  }),
  init: () => [{ readers: [], writers: [], waiting: [] }],
  actions: ({ actors }, action) => ({
    Ask: action({
      choose: { kind: oneOf(['read', 'write']), actor: range(1, actors) },
      guard: ({ waiting }, request) => !has(waiting, request),
      next: ({ waiting }, request) => ({ waiting: [...waiting, request] }),
    }),
    Begin: action({
      guard: ({ readers, writers, waiting }) =>
        waiting.length > 0 && writers.length === 0 && (waiting[0]!.kind === 'read' || readers.length === 0),
      next: ({ readers, writers, waiting: [first, ...rest] }) => ({
        readers: first!.kind === 'read' ? [...readers, first!.actor] : readers,
        writers: first!.kind === 'write' ? [...writers, first!.actor] : writers,
        waiting: rest,
      }),
    }),
    Stop: action({
      choose: { actor: range(1, actors) },
      guard: ({ readers, writers }, { actor }) => readers.includes(actor) || writers.includes(actor),
      next: ({ readers, writers }, { actor }) =>
        readers.includes(actor)
          ? { readers: readers.filter((reader) => reader !== actor) }
          : { writers: writers.filter((writer) => writer !== actor) },
    }),
  }),
  fairness: () => [weak(['Ask'], ({ kind, actor }) => `${kind} ${actor}`), weak(['Begin']), weak(['Stop'])],
  invariants: () => ({
    readersAndWritersExclude: ({ readers, writers }) => readers.length === 0 || writers.length === 0,
    oneWriter: ({ writers }) => writers.length <= 1,
  }),
  properties: ({ actors }, { infinitelyOften }) =>
    Object.fromEntries(
      range(1, actors)
        .values()
        .flatMap((actor) => [
          [`reads${actor}`, infinitelyOften(({ readers }) => readers.includes(actor))],
          [`writes${actor}`, infinitelyOften(({ writers }) => writers.includes(actor))],
          [`stopsReading${actor}`, infinitelyOften(({ readers }) => !readers.includes(actor))],
          [`stopsWriting${actor}`, infinitelyOften(({ writers }) => !writers.includes(actor))],
        ]),
    ),
  sometimes: ({ actors }) => ({
    allReadAtOnce: ({ readers }) => readers.length === actors,
    allWaitToWrite: ({ waiting }) => waiting.filter(({ kind }) => kind === 'write').length === actors,
    readersWaitForWriter: ({ writers, waiting }) =>
      writers.length > 0 && waiting.some(({ kind }) => kind === 'read'),
    writersWaitForReaders: ({ readers, waiting }) =>
      readers.length > 0 && waiting.some(({ kind }) => kind === 'write'),
  }),
})
