import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  type ConfigFile,
  chooseChain,
  type Given,
  joinConfigs,
  OPTIONS,
  optionsFor,
  parseCommandLine,
  parseConfigFile,
  Settings,
  SettingsError,
} from '../daemon/index.ts'

export const VERSION = 'Touchstone daemon version v0.1.0\n'
const CONFIG_NAME = 'bitcoin.conf'

/** The options of the command line and of the configuration file; or what is to be printed instead. Throws SettingsError. */
export function readSettings(words: readonly string[]): Settings | 'help' | 'version' {
  const given = parseCommandLine(words)
  const alone = new Settings(given)
  if (alone.flag('help')) return 'help'
  if (alone.flag('version')) return 'version'
  const directory = dataDirectory(alone)
  if (alone.has('datadir') && !fs.existsSync(directory))
    throw new SettingsError(`Specified data directory "${alone.text('datadir')}" does not exist.`)
  const file = path.resolve(directory, alone.text('conf') ?? CONFIG_NAME)
  const text = readIfThere(file)
  if (text === undefined && alone.has('conf'))
    throw new SettingsError(
      `Error reading configuration file: specified config file "${file}" could not be opened.`,
    )
  refuseInclude(given)
  const own = parseConfigFile(text ?? '', file)
  const config = withIncluded(own, chooseChain(new Settings(given, own.common))?.name ?? 'main', directory)
  const chain = chooseChain(new Settings(given, config.common))?.name ?? 'main'
  const settings = new Settings(given, ...optionsFor(config, chain))
  settings.checkNumbers()
  return settings
}

/** Where the data of all chains lies. */
export function dataDirectory(settings: Settings): string {
  const named = settings.text('datadir')
  return named === undefined || named === '' ? path.join(os.homedir(), '.touchstone') : path.resolve(named)
}

export function usage(): string {
  const lines = Object.entries(OPTIONS).map(([name, { kind, meaning }]) => {
    const value =
      kind === 'flag' ? '' : kind === 'integer' ? '=<n>' : kind === 'amount' ? '=<amount>' : '=<text>'
    return `  -${name}${value}\n       ${meaning}\n`
  })
  return `${VERSION}\nUsage: touchstoned [options]\n\nOptions:\n${lines.join('')}`
}

/** Included files are named in configuration files alone. */
function refuseInclude(given: Given): void {
  const [value] = given.get('includeconf') ?? []
  if (value === undefined) return
  const shown = value === '1' ? 'true' : JSON.stringify(value)
  throw new SettingsError(
    `Error parsing command line arguments: -includeconf cannot be used from commandline; -includeconf=${shown}`,
  )
}

/** The configuration with that of the files it includes, which include none themselves. [Core ReadConfigFiles] */
function withIncluded(config: ConfigFile, chain: string, directory: string): ConfigFile {
  const names = optionsFor(config, chain).flatMap((options) => options.get('includeconf') ?? [])
  return names.reduce((whole, name) => {
    const file = path.resolve(directory, name)
    const isFolder = fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
    if (isFolder)
      throw new SettingsError(
        `Error reading configuration file: Included config file "${file}" is a directory.`,
      )
    const text = readIfThere(file)
    if (text === undefined)
      throw new SettingsError(
        `Error reading configuration file: Failed to include configuration file ${name}`,
      )
    const included = parseConfigFile(text, file)
    for (const deeper of optionsFor(included, chain).flatMap((options) => options.get('includeconf') ?? []))
      process.stderr.write(
        `warning: -includeconf cannot be used from included files; ignoring -includeconf=${deeper}\n`,
      )
    return joinConfigs(whole, included)
  }, config)
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
