import { collisions, PROPOSALS, UPGRADES, type Upgrade } from '../../spec/index.ts'
import { createSpecEngine } from '../adapters/index.ts'
import { judgeVectors } from '../conformance/index.ts'

/** What public vectors say of a draft. */
export interface PublicVectors {
  readonly passed: number
  /** The file, the vector, and in what it differs. */
  readonly failures: readonly string[]
  /** Why a vector was not counted. */
  readonly skips: readonly string[]
}

/** Runs vectors with this draft in the place of the one that they name. @throws FileError */
export function judgePublicVectors(draft: Upgrade, paths: readonly string[]): PublicVectors {
  const others = PROPOSALS.filter(
    (other) =>
      other.id !== draft.id &&
      !other.sources.some((source) => draft.sources.includes(source)) &&
      collisions([other, draft]).length === 0,
  )
  const results = judgeVectors(paths, createSpecEngine(undefined, UPGRADES, [draft, ...others]))
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failures: results.flatMap(({ name, failures }) =>
      failures.map(({ id, message }) => `${name}, ${id}: ${message}`),
    ),
    skips: results.flatMap(({ name, skips, notApplicable }) => [
      ...(notApplicable === undefined ? [] : [`${name}: ${notApplicable}`]),
      ...Object.entries(skips).map(([reason, count]) => `${name}: ${count} × ${reason}`),
    ]),
  }
}
