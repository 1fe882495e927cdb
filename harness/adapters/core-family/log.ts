import { readFileSync } from 'node:fs'

/** What a daemon writes into its log while something is done. */
export function logged(file: string, work: () => void): string {
  const before = readFileSync(file).length
  work()
  return readFileSync(file).subarray(before).toString('utf8')
}

/**
 * Why these lines say that a block's bytes are not what its hash says: nobody looked further, or, before Core 27, its
 * header was kept. [Core IsBlockMutated, ProcessNewBlock]
 */
export function mutationIn(log: string): string | undefined {
  return /(?:Block mutated: |AcceptBlock FAILED \()([\w-]+)/.exec(log)?.[1]
}
