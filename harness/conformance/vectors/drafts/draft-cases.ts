import type { DraftJudge, Engine } from '../../../ports/index.ts'
import type { VectorCase, VectorVerdict } from '../format.ts'

/** A case about a draft: skipped by engines that do not know it. */
export function draftCase(
  id: string,
  draft: string,
  run: (judge: DraftJudge, engine: Engine) => VectorVerdict,
): VectorCase {
  return {
    id,
    run(engine) {
      const judge = engine.draft?.(draft)
      return judge === undefined ? { skip: `it does not know ${draft}` } : run(judge, engine)
    },
  }
}

/** What a draft and today's rules say of a vector: `ok`, or a reason. */
interface Said {
  readonly today: string
  readonly withDraft: string
}

/**
 * Compares with what a vector says. One that today's rules reject already says nothing about the draft, so that it is
 * not counted as passed.
 */
export function verdictOn({ today, withDraft }: Said, isValid: boolean): VectorVerdict {
  if (isValid) return withDraft === 'ok' ? 'pass' : { fail: `expected valid, got ${withDraft}` }
  if (withDraft === 'ok') return { fail: 'expected invalid, got valid' }
  return today === 'ok' ? 'pass' : { skip: `invalid today, too (${today}): it says nothing about the draft` }
}
