import { InvalidArgumentError } from 'commander'
import { chainLookup } from '../../../adapters/index.ts'
import { writeNew } from '../../../files/index.ts'
import type { ChainFile } from '../../../ports/index.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import type { VerbResult } from '../../verb.ts'

/** Collects `name=value` of a limit: true, false, a whole number, or else text. */
export function limit(text: string, limits: Record<string, unknown> = {}): Record<string, unknown> {
  const [key, value] = pair(text)
  return { ...limits, [key]: parseValue(value) }
}

/** Collects `name=when` of a deployment: always, never or a height. */
export function deployment(text: string, deployments: Record<string, unknown> = {}): Record<string, unknown> {
  const [key, when] = pair(text)
  if (when === 'always' || when === 'never') return { ...deployments, [key]: { kind: when } }
  if (!/^\d+$/.test(when)) throw new InvalidArgumentError('Expected always, never or a height.')
  return { ...deployments, [key]: { kind: 'height', height: Number(when) } }
}

/** @throws UsageError naming the option */
export function builtInChain(option: string, name: string): ChainFile {
  const chain = chainLookup(name)
  if (chain === undefined) throw new UsageError(`${option} ${name}: no built-in chain has this name`)
  return chain
}

/** Makes a chain and writes its file, never over one that exists. */
export function writeChain(
  terminal: Terminal,
  { name, out = `${name}.json` }: { readonly name: string; readonly out?: string },
  make: () => { readonly chain: ChainFile; readonly how: string },
): VerbResult {
  const { chain, how } = make()
  writeNew(out, `${JSON.stringify(chain, null, 2)}\n`)
  terminal.line(`${name}: ${how}, chain file written to ${out}`)
  return { exitCode: 0, json: { file: out, chain } }
}

function parseValue(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d{1,15}$/.test(value) ? Number(value) : value
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected NAME=VALUE.')
  return [text.slice(0, at), text.slice(at + 1)]
}
