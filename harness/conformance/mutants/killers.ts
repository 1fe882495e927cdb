import { join } from 'node:path'
import { runVerb } from './run-verb.ts'

/** Who may find a bug, in the order in which they are asked: the fastest first. */
export const KILLERS = ['scenarios', 'vectors', 'simulate'] as const
export type KillerName = (typeof KILLERS)[number]

/** What killers play. */
export interface Arsenal {
  /** Folder of the scenarios. */
  readonly scenarios: string
  /** Groups of files, each asked only when those before it found nothing. */
  readonly vectors: readonly (readonly string[])[]
  readonly seed: number
  readonly seeds: number
  readonly jobs: number
  /** Where the simulator leaves what it found; emptied before. */
  readonly out: string
}

/** How a bug was found. */
export interface Find {
  readonly by: KillerName
  /** The first that failed: a scenario, a file of vectors, or a way to fail. */
  readonly what: string
  /** Scenarios, files or seeds played up to it, itself included. */
  readonly after: number
  /** Steps of the smallest scenario, when the simulator made one. */
  readonly steps?: number
  /** The arguments of a verb that fails with the bug and passes without it. */
  readonly proof: readonly string[]
}

/** A verb that takes longer than this hangs. */
const VERB_MS_MAX = 600_000
/** Parts of all seeds that are played before it is asked again whether that was enough. */
const SEED_SHARES = [0.05, 0.2, 1]

/** Looks for a bug in a bundle of the program: yields whatever fails. Rejects with VerbError. */
export function search(killer: KillerName, cli: string, arsenal: Arsenal): AsyncGenerator<Find> {
  return { scenarios: searchScenarios, vectors: searchVectors, simulate: searchSimulation }[killer](
    cli,
    arsenal,
  )
}

/** Whether a find fails on this bundle. Rejects with VerbError. */
export async function fails(cli: string, { proof }: Find): Promise<boolean> {
  return (await runVerb(cli, proof, VERB_MS_MAX)).exitCode === 1
}

interface Replay {
  readonly cases: readonly { readonly id: string; readonly status: string }[]
}

async function* searchScenarios(cli: string, { scenarios }: Arsenal): AsyncGenerator<Find> {
  const { cases } = (await runVerb(cli, ['replay', scenarios], VERB_MS_MAX)).json as Replay
  for (const [index, { id, status }] of cases.entries())
    if (status === 'fail')
      yield { by: 'scenarios', what: id, after: index + 1, proof: ['replay', join(scenarios, `${id}.json`)] }
}

interface VectorSets {
  readonly sets: readonly {
    readonly name: string
    readonly files: readonly string[]
    readonly failures: readonly { readonly id: string }[]
  }[]
}

async function* searchVectors(cli: string, { vectors, jobs }: Arsenal): AsyncGenerator<Find> {
  const options = ['--engine', 'node', '--jobs', String(jobs)]
  let after = 0
  for (const group of vectors) {
    if (group.length === 0) continue
    const { sets } = (await runVerb(cli, ['vectors', ...group, ...options], VERB_MS_MAX)).json as VectorSets
    for (const { name, files, failures } of sets) {
      after++
      if (failures.length === 0) continue
      const proof = ['vectors', ...files, ...options]
      yield { by: 'vectors', what: `${name} ${failures[0]!.id}`, after, proof }
    }
  }
}

interface Campaign {
  readonly failures: readonly {
    readonly signature: string
    readonly seeds: readonly number[]
    readonly file: string
    readonly stepsAfter: number
  }[]
}

async function* searchSimulation(cli: string, { seed, seeds, jobs, out }: Arsenal): AsyncGenerator<Find> {
  let played = 0
  for (const share of SEED_SHARES) {
    const more = Math.ceil(seeds * share) - played
    if (more <= 0) continue
    const numbers = { '--seed': seed + played, '--seeds': more, '--jobs': jobs }
    const options = Object.entries(numbers).flatMap(([name, value]) => [name, String(value)])
    const args = ['simulate', '--profile', 'lite', '--out', out, ...options]
    const { failures } = (await runVerb(cli, args, VERB_MS_MAX)).json as Campaign
    for (const failure of failures.toSorted((a, b) => a.stepsAfter - b.stepsAfter))
      yield {
        by: 'simulate',
        what: failure.signature,
        after: Math.min(...failure.seeds) - seed + 1,
        steps: failure.stepsAfter,
        proof: ['replay', failure.file],
      }
    played += more
  }
}
