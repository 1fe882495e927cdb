import { type Given, give, SettingsError } from './settings.ts'

/** Options of the command line: -name, --name, with or without =value. Throws SettingsError. [Core ArgsManager::ParseParameters] */
export function parseCommandLine(words: readonly string[]): Given {
  const options = new Map<string, string[]>()
  for (const word of words) {
    const parts = /^--?([^=]+)(?:=(.*))?$/s.exec(word)
    if (parts === null)
      throw new SettingsError(
        `Command line contains unexpected token '${word}', see touchstoned -h for a list of options.`,
      )
    const [, name = '', value] = parts
    const spelt = name === 'h' || name === '?' ? 'help' : name
    if (!give(options, spelt, value))
      throw new SettingsError(`Error parsing command line arguments: Invalid parameter ${word}`)
  }
  return options
}
