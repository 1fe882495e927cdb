import { Command } from 'commander'
import { found } from '../../../../spec/index.ts'
import { type ChainFile, chainFileSchema } from '../../../ports/index.ts'
import { integer } from '../../options.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, verb } from '../../verb.ts'
import { builtInChain, deployment, limit, writeChain } from './chain-options.ts'

export interface NewChainOptions {
  readonly name: string
  readonly message?: string
  readonly time?: number
  readonly base?: string
  readonly limit?: Record<string, unknown>
  readonly deployment?: Record<string, unknown>
  readonly out?: string
}

/** `touchstone chain new --name N`: mines a genesis and writes the chain file. */
export function newCommand(context: VerbContext): Command {
  const command = new Command('new')
    .description('mine the genesis of a new chain and write its chain file')
    .requiredOption('--name <slug>', 'name of the chain')
    .option('--message <text>', 'text in the coinbase of the genesis (default: the name)')
    .option('--time <seconds>', 'Unix time of the genesis (default: now)', integer(0, 0xffffffff))
    .option('--base <chain>', 'built-in chain whose rules it inherits (default: regtest)')
    .option('--limit <name=value>', 'a limit that differs; repeatable', limit)
    .option('--deployment <name=when>', 'always, never or a height; repeatable', deployment)
    .option('--out <file>', 'chain file to write (default: NAME.json)')
  return verb<NewChainOptions>(command, context, async (terminal, options) =>
    writeChain(terminal, options, () => ({ chain: mineChain(options), how: 'genesis mined' })),
  )
}

/** @throws UsageError that names the option or the field */
export function mineChain(options: NewChainOptions): ChainFile {
  const { name, message = name, time = Math.floor(Date.now() / 1000) } = options
  const { limit: limits = {}, deployment: deployments = {} } = options
  const base = builtInChain('--base', options.base ?? 'regtest')
  requireEasyTarget(base, limits)
  const chain = found({ name, message, time, base, limits, deployments })
  if (!chain.ok) throw new UsageError(`chain new: ${chain.error}`)
  const file = chainFileSchema.parse(chain.file)
  requireRoom(file)
  return file
}

/** Limits under which not even the first block could stand leave nothing to mine. */
function requireRoom({ genesisBlock, limits }: ChainFile): void {
  const weight = 2 * genesisBlock.length
  if (weight > limits.maxBlockWeight)
    throw new UsageError(
      `chain new: maxBlockWeight: expected at least ${weight}, the weight of the first block`,
    )
  if (limits.initialSubsidySats > limits.maxMoneySats)
    throw new UsageError(
      `chain new: maxMoneySats: expected at least ${limits.initialSubsidySats}, the first subsidy`,
    )
}

/** Hashes beyond which mining a genesis would take too long here. */
const HASHES_MAX = { sha256d: 2n ** 24n, scrypt: 2n ** 10n }

function requireEasyTarget(base: ChainFile, limits: Record<string, unknown>): void {
  const powLimit = limits.powLimit ?? base.limits.powLimit
  if (typeof powLimit !== 'string' || !/^[0-9a-f]{64}$/.test(powLimit)) return // `found` says what is wrong
  const hashes = 2n ** 256n / (BigInt(`0x${powLimit}`) + 1n)
  if (hashes > HASHES_MAX[base.proofOfWork])
    throw new UsageError(
      `chain new: powLimit: a genesis would take ${hashes} hashes; expected an easier --limit powLimit=…`,
    )
}
