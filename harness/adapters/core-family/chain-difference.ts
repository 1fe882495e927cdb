import { type ChainFile, chainRules } from '../../ports/index.ts'

/** The first thing in which a chain differs from what a daemon's own chain is, deployments aside; undefined when none. */
export function differenceOf(
  chain: ChainFile,
  own: ChainFile,
  /** Limits that the daemon's options can change. */
  optional: ReadonlySet<string>,
): string | undefined {
  if (chain.genesisBlock !== own.genesisBlock)
    return `its chain is ${own.name}, which has another genesis block`
  if (chain.signetChallenge !== own.signetChallenge) return 'it has no signet challenge'
  const [rules, theirs] = [chainRules(chain), chainRules(own)]
  if (rules.scriptFlagExceptions.length > 0 || chain.bip30Exceptions.length > 0)
    return `its ${own.name} makes no exceptions`
  for (const name of ['wholePeriodRetarget', 'minVersionWithSegwit'] as const)
    if (rules[name] !== theirs[name]) return `its ${name} is ${theirs[name]}, not ${rules[name]}`
  for (const [limit, value] of Object.entries(chain.limits)) {
    const theirs = own.limits[limit as keyof ChainFile['limits']]
    if (value !== theirs && !optional.has(limit)) return `its ${limit} is ${theirs}, not ${value}`
  }
  return undefined
}
