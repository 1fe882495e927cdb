import type { ChainFile } from '../ports/index.ts'

type Deployments = ChainFile['deployments']

/** Script flags that each soft fork adds, as far as a block by itself can show them. */
const FLAGS: Readonly<Record<Exclude<keyof Deployments, 'bip34'>, readonly string[]>> = {
  bip16: ['P2SH'],
  bip66: ['DERSIG'],
  bip65: ['CHECKLOCKTIMEVERIFY'],
  csv: ['CHECKSEQUENCEVERIFY'],
  segwit: ['WITNESS', 'NULLDUMMY'],
  taproot: ['TAPROOT'],
}

/** Whether a soft fork is in force for the block of this height, as far as a height alone determines it. */
export function isInForce({ deployments }: ChainFile, fork: keyof Deployments, height: number): boolean {
  const deployment = deployments[fork]
  return deployment.kind === 'always' || (deployment.kind === 'height' && height >= deployment.height)
}

/** Script flags in force for the block of this height, but for the forks that it is `excepted` from. */
export function flagsAt(
  chain: ChainFile,
  height: number,
  excepted: ReadonlySet<string> = new Set(),
): string[] {
  return Object.entries(FLAGS).flatMap(([fork, flags]) =>
    !excepted.has(fork) && isInForce(chain, fork as keyof Deployments, height) ? flags : [],
  )
}
