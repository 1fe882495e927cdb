import { type Given, give, optionOf, SettingsError } from './settings.ts'

/** What a configuration file says: for every chain, and for one chain each. */
export interface ConfigFile {
  readonly common: Given
  /** By the name of the chain as `-chain` takes it. */
  readonly sections: ReadonlyMap<string, Given>
  /** Options that no part of the daemon knows: said in the log. */
  readonly unknown: readonly string[]
}

/** Reads a configuration file: lines of name=value, comments after #, [sections]. Throws SettingsError. [Core GetConfigOptions] */
export function parseConfigFile(text: string, file: string): ConfigFile {
  const common = new Map<string, string[]>()
  const sections = new Map<string, Map<string, string[]>>()
  const unknown: string[] = []
  let section = ''
  text.split('\n').forEach((raw, index) => {
    const line = withoutComment(raw, file, index + 1)
    if (line === '') return
    const where = `${file}: parse error on line ${index + 1}: ${line}`
    const head = /^\[([^\]]*)\]$/.exec(line)
    if (head !== null) {
      section = head[1]!
      return
    }
    const equals = line.indexOf('=')
    if (line.startsWith('-'))
      throw new SettingsError(`${where}, options in configuration file must be specified without leading -`)
    if (equals < 0) {
      const hint = line.startsWith('no')
        ? `, if you intended to specify a negated option, use ${line}=1 instead`
        : ''
      throw new SettingsError(`${where}${hint}`)
    }
    const [place, name] = splitName(line.slice(0, equals).trim(), section)
    const options = place === '' ? common : (sections.get(place) ?? new Map<string, string[]>())
    if (place !== '') sections.set(place, options)
    if (!give(options, name, line.slice(equals + 1).trim())) unknown.push(name)
  })
  return { common, sections, unknown }
}

/** The options of a file that count for a chain: those of its section, then those for all. [Core NETWORK_ONLY] */
export function optionsFor({ common, sections }: ConfigFile, chainName: string): readonly Given[] {
  const own = sections.get(chainName) ?? new Map()
  if (chainName === 'main') return [own, common]
  return [own, new Map([...common].filter(([name]) => optionOf(name).perChain !== true))]
}

/** A name may carry its section: regtest.rpcport. */
function splitName(name: string, section: string): [string, string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [section, name] : [name.slice(0, dot), name.slice(dot + 1)]
}

function withoutComment(raw: string, file: string, line: number): string {
  const at = raw.indexOf('#')
  if (at < 0) return raw.trim()
  if (/rpcpassword/.test(raw.slice(0, at)))
    throw new SettingsError(
      `${file}: parse error on line ${line}, using # in rpcpassword can be ambiguous and should be avoided`,
    )
  return raw.slice(0, at).trim()
}

/** Two files as one: what the second says comes behind. */
export function joinConfigs(first: ConfigFile, second: ConfigFile): ConfigFile {
  const names = new Set([...first.sections.keys(), ...second.sections.keys()])
  return {
    common: joinOptions(first.common, second.common),
    sections: new Map(
      Array.from(names, (name) => [name, joinOptions(first.sections.get(name), second.sections.get(name))]),
    ),
    unknown: [...first.unknown, ...second.unknown],
  }
}

function joinOptions(first: Given = new Map(), second: Given = new Map()): Given {
  const joined = new Map(first)
  for (const [name, values] of second) joined.set(name, [...(joined.get(name) ?? []), ...values])
  return joined
}
