import { hash } from 'node:crypto'
import { Command } from 'commander'
import { type ChainFile, chainFileSchema } from '../../../ports/index.ts'
import { integer } from '../../options.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, verb } from '../../verb.ts'
import { builtInChain, deployment, writeChain } from './chain-options.ts'

export interface BranchOptions {
  readonly name: string
  readonly from: string
  readonly at: number
  readonly deployment?: Record<string, unknown>
  readonly out?: string
}

type Deployment = ChainFile['deployments'][keyof ChainFile['deployments']]

/** `touchstone chain branch --from CHAIN --at HEIGHT` */
export function branchCommand(context: VerbContext): Command {
  const command = new Command('branch')
    .description(
      'branch a built-in chain at a height and write the chain file; deployments may differ from there on',
    )
    .requiredOption('--name <slug>', 'name of the branch')
    .requiredOption('--from <chain>', 'built-in chain whose genesis and blocks below --at it shares')
    .requiredOption('--at <height>', 'first height at which deployments may differ', integer(1, 0x7fffffff))
    .option('--deployment <name=when>', 'always, never or a height; repeatable', deployment)
    .option('--out <file>', 'chain file to write (default: NAME.json)')
  return verb<BranchOptions>(command, context, async (terminal, options) =>
    writeChain(terminal, options, () => ({
      chain: branchOff(options),
      how: `branches from ${options.from} at ${options.at}`,
    })),
  )
}

/** @throws UsageError */
export function branchOff({ name, from, at, deployment: deployments = {} }: BranchOptions): ChainFile {
  return branchChain(builtInChain('--from', from), name, at, deployments)
}

/**
 * A chain that shares the genesis and every block below a height with its parent, and has other rules from there on.
 * Its magic is its own, so that the two networks keep apart. Only deployments by height may differ: limits hold for
 * the whole of a chain. @throws UsageError
 */
function branchChain(
  parent: ChainFile,
  name: string,
  at: number,
  deployments: Readonly<Record<string, unknown>>,
): ChainFile {
  if (Object.keys(deployments).length === 0)
    throw new UsageError('chain branch: expected a --deployment that differs from the parent')
  const magic = hash('sha256', `touchstone chain ${name}`).slice(0, 8)
  const candidate = { ...parent, name, magic, deployments: { ...parent.deployments, ...deployments } }
  const parsed = chainFileSchema.safeParse(candidate)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new UsageError(`chain branch: ${path.join('.')}: ${message}`)
  }
  for (const key of Object.keys(parsed.data.deployments) as (keyof ChainFile['deployments'])[])
    if (Object.hasOwn(deployments, key))
      requireSameBelow(key, at, parent.deployments[key], parsed.data.deployments[key])
  return parsed.data
}

/** History below the branch is the parent's: what is in force there must be in force in both. */
function requireSameBelow(key: string, at: number, before: Deployment, after: Deployment): void {
  const [was, is] = [startOf(before), startOf(after)]
  if (was === undefined || is === undefined)
    throw new UsageError(
      `chain branch: --deployment ${key}: the parent's is not by height, so a branch must keep it`,
    )
  if (was !== is && Math.min(was, is) < at)
    throw new UsageError(
      `chain branch: --deployment ${key}: it would change blocks from ${Math.min(was, is)} on; expected none below ${at}`,
    )
}

/** The first height at which a deployment is in force; undefined where that depends on the blocks. */
function startOf(deployment: Deployment): number | undefined {
  if (deployment.kind === 'always') return 1
  if (deployment.kind === 'never') return Number.POSITIVE_INFINITY
  return deployment.kind === 'height' ? deployment.height : undefined
}
