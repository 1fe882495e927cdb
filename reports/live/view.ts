/** What a reader adds to a story: a word, and the names that it is about. */
export interface Addition {
  readonly kind: AdditionKind
  /** As `ADDITIONS` lists them; a group of nodes is joined by `+`. */
  readonly names: readonly string[]
}

/** What may be added, each with the names that it asks for. */
export const ADDITIONS = {
  deliver: ['item', 'node'],
  mine: ['block', 'node'],
  crash: ['node'],
  stop: ['node'],
  restart: ['node'],
  pause: ['node'],
  resume: ['node'],
  wipe: ['node'],
  invalidate: ['block', 'node'],
  reconsider: ['block', 'node'],
  partition: ['group', 'group'],
  heal: [],
  wait: ['seconds'],
} as const satisfies Record<string, readonly ('item' | 'block' | 'node' | 'group' | 'seconds')[]>

export type AdditionKind = keyof typeof ADDITIONS

/** What the page shows: a run, a moment of it, and how the reader goes on from there. */
export interface View {
  readonly run: number
  /** Virtual ms; absent: the end. */
  readonly atMs?: number
  /** The story is cut here, and what the reader adds follows; absent: nothing is added. */
  readonly fromMs?: number
  readonly added: readonly Addition[]
}

const SEPARATOR = '~'

/** The part of an address after `#`: it shows the same to everybody. */
export function viewToHash({ run, atMs, fromMs, added }: View): string {
  const parts = [
    `run=${run}`,
    ...(atMs === undefined ? [] : [`at=${atMs}`]),
    ...(fromMs === undefined ? [] : [`from=${fromMs}`]),
    ...added.map(({ kind, names }) => `add=${[kind, ...names].join(SEPARATOR)}`),
  ]
  return parts.join('&')
}

/** The view of such an address; undefined where it is none, or names what cannot be added. */
export function viewFromHash(hash: string): View | undefined {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const run = wholeNumber(parts.get('run'))
  const [atMs, fromMs] = [wholeNumber(parts.get('at')), wholeNumber(parts.get('from'))]
  const added = parts.getAll('add').map(additionOf)
  if (run === undefined || added.includes(undefined)) return undefined
  return {
    run,
    ...(atMs === undefined ? {} : { atMs }),
    ...(fromMs === undefined ? {} : { fromMs }),
    added: added.filter((addition) => addition !== undefined),
  }
}

function additionOf(text: string): Addition | undefined {
  const [kind = '', ...names] = text.split(SEPARATOR)
  if (!Object.hasOwn(ADDITIONS, kind)) return undefined
  const asked = ADDITIONS[kind as AdditionKind]
  if (asked.length !== names.length || names.some((name) => !/^[\w.+]+$/.test(name))) return undefined
  return { kind: kind as AdditionKind, names }
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
