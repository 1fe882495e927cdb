import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { found } from '../../spec/index.ts'
import { chainLookup } from '../adapters/index.ts'
import { type ChainFile, chainFileSchema } from '../ports/chain-file.ts'
import { integer } from './options.ts'
import { writeWhole } from './output.ts'
import { UsageError } from './usage-error.ts'
import { type VerbContext, verb } from './verb.ts'

interface FoundOptions {
  name: string
  message?: string
  time?: number
  base: string
  limit: Record<string, unknown>
  deployment: Record<string, unknown>
  out?: string
}

/** `touchstone found --name N`: mines a genesis and writes the chain file. */
export function foundCommand(context: VerbContext): Command {
  const command = new Command('found')
    .description('found a chain: mine its genesis, write its file')
    .requiredOption('--name <slug>', 'what the chain is called')
    .option('--message <text>', 'written into the genesis for ever (default: the name)')
    .option('--time <seconds>', 'Unix time of the genesis (default: now)', integer(0, 0xffffffff))
    .option('--base <chain>', 'the built-in chain whose rules it takes over', 'regtest')
    .option('--limit <name=value>', 'a limit that differs; may be repeated', limit, {})
    .option('--deployment <name=when>', 'always, never or a height; may be repeated', deployment, {})
    .option('--out <file>', 'where to write the chain file (default: NAME.json)')
  return verb<FoundOptions>(command, context, async (terminal, options) => {
    const { name, message = name, time = Math.floor(Date.now() / 1000) } = options
    const out = options.out ?? `${name}.json`
    const base = chainLookup(options.base)
    if (base === undefined) throw new UsageError(`--base ${options.base}: no built-in chain has this name`)
    if (existsSync(out)) throw new UsageError(`${out}: exists already`)
    requireEasyTarget(base, options.limit)
    const chain = found({ name, message, time, base, limits: options.limit, deployments: options.deployment })
    if (!chain.ok) throw new UsageError(`found: ${chain.error}`)
    const file = chainFileSchema.parse(chain.file)
    writeWhole(out, `${JSON.stringify(file, null, 2)}\n`)
    terminal.line(`${name}: genesis mined, chain file written to ${out}`)
    return { exitCode: 0, json: { file: out, chain: file } }
  })
}

/** Hashes that this program tries for a genesis before it had better not begin. */
const HASHES_MAX = { sha256d: 2n ** 24n, scrypt: 2n ** 10n }

function requireEasyTarget(base: ChainFile, limits: Record<string, unknown>): void {
  const powLimit = limits.powLimit ?? base.limits.powLimit
  if (typeof powLimit !== 'string' || !/^[0-9a-f]{64}$/.test(powLimit)) return // founding says what is wrong
  const hashes = 2n ** 256n / (BigInt(`0x${powLimit}`) + 1n)
  if (hashes > HASHES_MAX[base.proofOfWork])
    throw new UsageError(
      `found: powLimit: a genesis would take ${hashes} hashes; expected an easier --limit powLimit=…`,
    )
}

function limit(text: string, limits: Record<string, unknown>): Record<string, unknown> {
  const [key, value] = pair(text)
  return { ...limits, [key]: parseValue(value) }
}

function parseValue(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d{1,15}$/.test(value) ? Number(value) : value
}

function deployment(text: string, deployments: Record<string, unknown>): Record<string, unknown> {
  const [key, when] = pair(text)
  if (when === 'always' || when === 'never') return { ...deployments, [key]: { kind: when } }
  if (!/^\d+$/.test(when)) throw new InvalidArgumentError('Expected always, never or a height.')
  return { ...deployments, [key]: { kind: 'height', height: Number(when) } }
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected NAME=VALUE.')
  return [text.slice(0, at), text.slice(at + 1)]
}
