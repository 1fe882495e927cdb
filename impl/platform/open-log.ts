import path from 'node:path'
import { pino } from 'pino'
import {
  chosenCategories,
  faultOfLogLevel,
  Log,
  type LogRecorder,
  type Settings,
  SettingsError,
} from '../daemon/index.ts'
import { LogFile } from './log-file.ts'
import { machine } from './machine.ts'

/** The log that options ask for, in the directory of the chain. Throws SettingsError. */
export function openLog(settings: Settings, directory: string): Log {
  const name = settings.text('debuglogfile') ?? 'debug.log'
  const file = name === '0' ? undefined : openFile(path.resolve(directory, name))
  const toConsole = settings.flag('printtoconsole')
  const { on, unknown } = chosenCategories(settings.raw('debug'), settings.raw('debugexclude'))
  const [stranger] = unknown
  if (stranger !== undefined) throw new SettingsError(`Unsupported logging category ${stranger}.`)
  for (const value of settings.list('loglevel')) {
    const fault = faultOfLogLevel(value)
    if (fault !== undefined) throw new SettingsError(fault)
  }
  return new Log(
    {
      time: settings.flag('logtimestamps', true),
      microseconds: settings.flag('logtimemicros'),
      threadNames: settings.flag('logthreadnames'),
      levelAlways: settings.flag('loglevelalways'),
    },
    on,
    machine.now,
    (line) => {
      file?.write(line)
      if (toConsole) process.stdout.write(line)
    },
    recorderFor(settings.text('logjson'), directory),
  )
}

function openFile(file: string): LogFile {
  try {
    return new LogFile(file)
  } catch {
    throw new SettingsError(`Could not open debug log file ${file}`)
  }
}

const STDOUT = '-'

/** Writes lines of JSON to a file, each at once; nothing where none is named. */
function recorderFor(name: string | undefined, directory: string): LogRecorder | undefined {
  if (name === undefined) return undefined
  const dest = name === STDOUT ? 1 : path.resolve(directory, name)
  const logger = pino({ level: 'debug', base: null }, pino.destination({ dest, sync: true }))
  return (level, category, event, message) =>
    logger[level === 'warning' ? 'warn' : level]({ category, ...event }, message)
}
