/** Categories that may be logged or not, by Core's names. [Core logging.cpp LOG_CATEGORIES_BY_STR] */
const LOG_CATEGORIES = [
  'addrman',
  'bench',
  'blockstorage',
  'cmpctblock',
  'coindb',
  'estimatefee',
  'http',
  'i2p',
  'ipc',
  'kernel',
  'leveldb',
  'libevent',
  'mempool',
  'mempoolrej',
  'net',
  'privatebroadcast',
  'proxy',
  'prune',
  'qt',
  'rand',
  'reindex',
  'rpc',
  'scan',
  'selectcoins',
  'tor',
  'txpackages',
  'txreconciliation',
  'validation',
  'walletdb',
  'zmq',
] as const

type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** What happened, for programs: a name that stays the same in later versions, and facts. */
export interface LogEvent {
  readonly event: string
  readonly [fact: string]: string | number | boolean | undefined
}

/** Takes what is logged, for programs. */
export type LogRecorder = (level: LogLevel, category: string, event: LogEvent, message: string) => void

export interface LogOptions {
  readonly time: boolean
  readonly microseconds: boolean
  readonly threadNames: boolean
  readonly levelAlways: boolean
}

/** The log: lines of Core's form. Messages of a category are written while the category is on. */
export class Log {
  readonly categories: readonly string[] = LOG_CATEGORIES
  readonly #on: Set<string>
  readonly #options: LogOptions
  readonly #now: () => number
  readonly #write: (line: string) => void
  readonly #record: LogRecorder

  /** `write` takes one line with its end; `record` the same for programs. */
  constructor(
    options: LogOptions,
    on: Iterable<string>,
    now: () => number,
    write: (line: string) => void,
    record: LogRecorder = () => {},
  ) {
    this.#options = options
    this.#on = new Set(on)
    this.#now = now
    this.#write = write
    this.#record = record
  }

  isOn = (category: string): boolean => this.#on.has(category)

  set = (category: string, isOn: boolean): void => {
    if (isOn) this.#on.add(category)
    else this.#on.delete(category)
  }

  /** A message of one category, which is written only while that is on. */
  debug(category: string, message: string, event: LogEvent = PLAIN): void {
    if (!this.#on.has(category)) return
    this.#line(category, message)
    this.#record('debug', category, event, message)
  }

  info(message: string, event: LogEvent = PLAIN): void {
    this.#line(this.#options.levelAlways ? 'all:info' : '', message)
    this.#record('info', 'all', event, message)
  }

  warning(message: string, event: LogEvent = PLAIN): void {
    this.#line('warning', message)
    this.#record('warning', 'all', event, message)
  }

  error(message: string, event: LogEvent = PLAIN): void {
    this.#line('error', message)
    this.#record('error', 'all', event, message)
  }

  #line(tag: string, message: string): void {
    const { time, threadNames } = this.#options
    const head = [
      ...(time ? [this.#time()] : []),
      ...(threadNames ? ['[core]'] : []),
      ...(tag === '' ? [] : [`[${tag}]`]),
    ]
    this.#write(`${[...head, escapeControls(message)].join(' ')}\n`)
  }

  #time(): string {
    const ms = this.#now()
    const text = new Date(ms).toISOString()
    if (!this.#options.microseconds) return `${text.slice(0, 19)}Z`
    return `${text.slice(0, 23)}000Z`
  }
}

const PLAIN: LogEvent = { event: 'message' }

/** Control characters as \xNN, so that nobody writes lines of their own. [Core LogEscapeMessage] */
function escapeControls(message: string): string {
  return message.replace(/\p{Cc}/gu, (character) =>
    character === '\n' ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

/** The categories that options name; 0 and none take back what stands before. What is unknown is returned. [Core SetLoggingCategories] */
export function chosenCategories(
  include: readonly string[],
  exclude: readonly string[],
): { readonly on: ReadonlySet<string>; readonly unknown: readonly string[] } {
  const on = new Set<string>()
  const unknown: string[] = []
  const each = (option: string, names: readonly string[], act: (category: string) => void) => {
    const cleared = names.findLastIndex((name) => name === '0' || name === 'none')
    for (const name of names.slice(cleared + 1)) {
      if (['1', 'all', ''].includes(name)) for (const category of LOG_CATEGORIES) act(category)
      else if ((LOG_CATEGORIES as readonly string[]).includes(name)) act(name)
      else unknown.push(`-${option}=${name}`)
    }
  }
  each('debug', include, (category) => on.add(category))
  each('debugexclude', exclude, (category) => on.delete(category))
  return { on, unknown }
}

const LOG_LEVELS = ['info', 'debug', 'trace']

/** What is wrong with a value of -loglevel, LEVEL or CATEGORY:LEVEL; nothing where it is right. */
export function faultOfLogLevel(value: string): string | undefined {
  const [category, level, ...rest] = value.split(':')
  const levels = LOG_LEVELS.join(', ')
  if (level === undefined)
    return LOG_LEVELS.includes(value)
      ? undefined
      : `Unsupported global logging level -loglevel=${value}. Valid values: ${levels}.`
  const isRight =
    rest.length === 0 &&
    LOG_LEVELS.includes(level) &&
    (LOG_CATEGORIES as readonly string[]).includes(category!)
  return isRight
    ? undefined
    : `Unsupported category-specific logging level -loglevel=${value}. Expected -loglevel=<category>:<loglevel>. Valid loglevels: ${levels}.`
}
