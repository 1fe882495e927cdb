import { hash } from 'node:crypto'
import { type ChainFile, chainFileSchema } from '../../ports/index.ts'
import { UsageError } from '../usage-error.ts'

type Deployment = ChainFile['deployments'][keyof ChainFile['deployments']]

/**
 * A chain that shares the genesis and every block below a height with its parent, and has other rules from there on.
 * Its magic is its own, so that the two networks keep apart. Only deployments by height may differ: limits hold for
 * the whole of a chain. @throws UsageError
 */
export function branchChain(
  parent: ChainFile,
  name: string,
  at: number,
  deployments: Readonly<Record<string, unknown>>,
): ChainFile {
  if (Object.keys(deployments).length === 0)
    throw new UsageError('found: --branch: expected a --deployment that differs from the parent')
  const magic = hash('sha256', `touchstone chain ${name}`).slice(0, 8)
  const candidate = { ...parent, name, magic, deployments: { ...parent.deployments, ...deployments } }
  const parsed = chainFileSchema.safeParse(candidate)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new UsageError(`found: ${path.join('.')}: ${message}`)
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
      `found: --deployment ${key}: the parent's is not by height, so a branch must keep it`,
    )
  if (was !== is && Math.min(was, is) < at)
    throw new UsageError(
      `found: --deployment ${key}: it would change blocks from ${Math.min(was, is)} on; expected none below ${at}`,
    )
}

/** The first height at which a deployment is in force; undefined where that depends on the blocks. */
function startOf(deployment: Deployment): number | undefined {
  if (deployment.kind === 'always') return 1
  if (deployment.kind === 'never') return Number.POSITIVE_INFINITY
  return deployment.kind === 'height' ? deployment.height : undefined
}
