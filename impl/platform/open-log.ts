import path from 'node:path'
import { pino } from 'pino'
import { chosenCategories, Log, type LogRecorder, type Settings } from '../daemon/index.ts'
import { LogFile } from './log-file.ts'
import { machine } from './machine.ts'

/** The log that options ask for, in the directory of the chain. */
export function openLog(settings: Settings, directory: string): Log {
  const name = settings.text('debuglogfile') ?? 'debug.log'
  const file = name === '0' ? undefined : new LogFile(path.resolve(directory, name))
  const toConsole = settings.flag('printtoconsole')
  const { on, unknown } = chosenCategories(settings.list('debug'), settings.list('debugexclude'))
  const log = new Log(
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
  for (const category of unknown) log.warning(`Unsupported logging category -debug=${category}.`)
  return log
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
