import { Presets, SingleBar } from 'cli-progress'
import { visibleLines } from '../../reports/index.ts'
import { FileError, writeWhole } from '../files/index.ts'

/** A progress bar, or a line now and then where stderr is no terminal. */
export interface Progress {
  update(done: number, note?: string): void
  stop(): void
}

/** Where a verb speaks: lines for people, bars for those who wait. */
export interface Terminal {
  /** One line of the result, on stdout; nothing under `--json`. */
  line(text?: string): void
  /** One line beside the result, on stderr. */
  note(text: string): void
  progress(label: string, total: number): Progress
  /**
   * Writes a whole file, or says in one line why it cannot: what a verb has found out stands, written or not.
   * Returns whether it is there.
   */
  save(path: string, content: string): boolean
  /** How many files could not be saved. */
  readonly unsaved: number
}

export interface Streams {
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

export function createTerminal(
  streams: Streams,
  json: boolean,
  nowMs: () => number = () => performance.now(),
): Terminal {
  let unsaved = 0
  return {
    save: (path, content) => {
      try {
        writeWhole(path, content)
        return true
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        unsaved++
        streams.stderr.write(`touchstone: ${error.message}\n`)
        return false
      }
    },
    get unsaved() {
      return unsaved
    },
    line: (text = '') => {
      if (!json) streams.stdout.write(`${visibleLines(text)}\n`)
    },
    note: (text) => void streams.stderr.write(`${visibleLines(text)}\n`),
    progress: (label, total) =>
      streams.stderr.isTTY === true
        ? createBar(streams.stderr, label, total)
        : createHeartbeat(streams.stderr, label, total, nowMs),
  }
}

const HEARTBEAT_MS = 10_000

/** Where nobody watches a bar (a log, a CI): a line every ten seconds, so that long work is not taken for dead. */
function createHeartbeat(
  stream: NodeJS.WritableStream,
  label: string,
  total: number,
  nowMs: () => number,
): Progress {
  let lastMs = nowMs()
  return {
    update: (done, note = '') => {
      if (nowMs() - lastMs < HEARTBEAT_MS) return
      lastMs = nowMs()
      const share = Math.floor((100 * done) / Math.max(total, 1))
      stream.write(`${label}: ${share} %${note === '' ? '' : ` ${note}`}\n`)
    },
    stop: () => {},
  }
}

function createBar(stream: NodeJS.WritableStream, label: string, total: number): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: '{label} {bar} {percentage}% {note}',
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
      fps: 8,
      linewrap: false,
    },
    Presets.shades_classic,
  )
  bar.start(Math.max(total, 1), 0, { label: label.padEnd(12), note: '' })
  return {
    update: (done, note) =>
      bar.update(Math.min(done, Math.max(total, 1)), note === undefined ? {} : { note }),
    stop: () => bar.stop(),
  }
}
