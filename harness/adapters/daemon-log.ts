import { readFileSync } from 'node:fs'

/** What a daemon writes into its log while something is done. */
export function logged(file: string, work: () => void): string {
  const before = readFileSync(file).length
  work()
  return readFileSync(file).subarray(before).toString('utf8')
}

/** Why a block was not even looked at, when these lines say that its bytes are not what its hash says. [Core IsBlockMutated] */
export function mutationIn(log: string): string | undefined {
  return /Block mutated: ([\w-]+)/.exec(log)?.[1]
}
