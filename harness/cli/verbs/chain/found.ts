import { Command } from 'commander'
import { integer } from '../../options.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, verb } from '../../verb.ts'
import { branchOff } from './branch.ts'
import { deployment, limit, writeChain } from './chain-options.ts'
import { mineChain, type NewChainOptions } from './new.ts'

interface FoundOptions extends NewChainOptions {
  readonly branch?: string
  readonly at?: number
}

/** `touchstone found`, the old name of `chain new` and, with `--branch`, of `chain branch`. Not listed by the help. */
export function foundAlias(context: VerbContext): Command {
  const command = new Command('found')
    .description('old name of `chain new` and, with --branch, of `chain branch`')
    .requiredOption('--name <slug>', 'name of the chain')
    .option('--message <text>', 'as of chain new')
    .option('--time <seconds>', 'as of chain new', integer(0, 0xffffffff))
    .option('--base <chain>', 'as of chain new')
    .option('--limit <name=value>', 'as of chain new', limit)
    .option('--deployment <name=when>', 'always, never or a height; repeatable', deployment)
    .option('--branch <chain>', 'as --from of chain branch')
    .option('--at <height>', 'as of chain branch', integer(1, 0x7fffffff))
    .option('--out <file>', 'chain file to write (default: NAME.json)')
  return verb<FoundOptions>(command, context, async (terminal, options) =>
    writeChain(terminal, options, () => {
      const { branch: from, at } = options
      if (from === undefined) {
        if (at !== undefined) throw new UsageError('found: --at: expected --branch with it')
        return { chain: mineChain(options), how: 'genesis mined' }
      }
      if (at === undefined)
        throw new UsageError('found: --branch: expected --at, the height at which it branches')
      if (options.limit !== undefined || options.message !== undefined || options.time !== undefined)
        throw new UsageError(
          "found: --branch: the genesis and the limits are the parent's; only deployments may differ",
        )
      return { chain: branchOff({ ...options, from, at }), how: `branches from ${from} at ${at}` }
    }),
  )
}
