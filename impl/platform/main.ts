import { Settings, SettingsError } from '../daemon/index.ts'
import { StoreError } from '../storage/index.ts'
import { readSettings, usage, VERSION } from './read-settings.ts'
import { startDaemon } from './start-daemon.ts'

/** Runs the daemon until it is asked to end. What keeps it from starting goes to stderr in one line, with exit code 1. */
export async function main(words: readonly string[]): Promise<void> {
  try {
    const settings = readSettings(words)
    if (!(settings instanceof Settings))
      return void process.stdout.write(settings === 'help' ? usage() : VERSION)
    const stop = await startDaemon(settings, (code) => {
      process.exitCode = code
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  } catch (error) {
    const expected = error instanceof SettingsError || error instanceof StoreError || isSystemError(error)
    if (!expected) throw error
    const caption = error instanceof SettingsError ? error.caption : 'Error: '
    process.stderr.write(`${caption}${(error as Error).message}\n`)
    // Threads and timers that were started by then would keep the process alive.
    process.exit(1)
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
