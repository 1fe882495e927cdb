import { existsSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { found } from '../../../spec/index.ts'
import { chainLookup } from '../../adapters/index.ts'
import { type ChainFile, chainFileSchema } from '../../ports/index.ts'
import { integer } from '../options.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'
import { branchChain } from './branch-chain.ts'

interface FoundOptions {
  name: string
  message?: string
  time?: number
  base: string
  limit: Record<string, unknown>
  deployment: Record<string, unknown>
  out?: string
  branch?: string
  at?: number
}

/** `touchstone found --name N`: mines a genesis and writes the chain file. */
export function foundCommand(context: VerbContext): Command {
  const command = new Command('found')
    .description('found a chain: mine its genesis, or branch from another at a height; write its file')
    .requiredOption('--name <slug>', 'what the chain is called')
    .option('--message <text>', 'written into the genesis for ever (default: the name)')
    .option('--time <seconds>', 'Unix time of the genesis (default: now)', integer(0, 0xffffffff))
    .option('--base <chain>', 'the built-in chain whose rules it takes over', 'regtest')
    .option('--limit <name=value>', 'a limit that differs; may be repeated', limit, {})
    .option('--deployment <name=when>', 'always, never or a height; may be repeated', deployment, {})
    .option('--branch <chain>', 'share the genesis of this built-in chain, and its blocks below --at')
    .option('--at <height>', 'with --branch: from here on deployments may differ', integer(1, 0x7fffffff))
    .option('--out <file>', 'where to write the chain file (default: NAME.json)')
  return verb<FoundOptions>(command, context, async (terminal, options) => {
    const { name } = options
    const out = options.out ?? `${name}.json`
    if (existsSync(out)) throw new UsageError(`${out}: exists already`)
    const file = options.branch === undefined ? foundAnew(options) : branchOff(options.branch, options)
    terminal.save(out, `${JSON.stringify(file, null, 2)}\n`)
    const how =
      options.branch === undefined ? 'genesis mined' : `branches from ${options.branch} at ${options.at}`
    terminal.line(`${name}: ${how}, chain file written to ${out}`)
    return { exitCode: 0, json: { file: out, chain: file } }
  })
}

function foundAnew(options: FoundOptions): ChainFile {
  const { name, message = name, time = Math.floor(Date.now() / 1000), limit: limits, deployment } = options
  if (options.at !== undefined) throw new UsageError('found: --at: expected --branch with it')
  const base = builtIn('--base', options.base)
  requireEasyTarget(base, limits)
  const chain = found({ name, message, time, base, limits, deployments: deployment })
  if (!chain.ok) throw new UsageError(`found: ${chain.error}`)
  return chainFileSchema.parse(chain.file)
}

function branchOff(
  parent: string,
  { name, at, limit: limits, deployment, message, time }: FoundOptions,
): ChainFile {
  if (at === undefined)
    throw new UsageError('found: --branch: expected --at, the height at which it branches')
  if (Object.keys(limits).length > 0 || message !== undefined || time !== undefined)
    throw new UsageError(
      "found: --branch: the genesis and the limits are the parent's; only deployments may differ",
    )
  return branchChain(builtIn('--branch', parent), name, at, deployment)
}

function builtIn(option: string, name: string): ChainFile {
  const chain = chainLookup(name)
  if (chain === undefined) throw new UsageError(`${option} ${name}: no built-in chain has this name`)
  return chain
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
