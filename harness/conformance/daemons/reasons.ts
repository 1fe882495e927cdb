import type { RejectionClass, Verdict } from '../../ports/verdict.ts'

/** What a client's word for a rejection means. */
export interface Meaning {
  readonly reason: string
  readonly class: RejectionClass
}

/** A client's words, in a file of its own. A word is a reject string without what stands in parentheses at its end. */
export interface ReasonMap {
  readonly blocks: Readonly<Record<string, Meaning>>
  readonly transactions: Readonly<Record<string, Meaning>>
  /** Refusals of a loose transaction that are the operator's policy, of which the specification says nothing. */
  readonly policy: ReadonlySet<string>
  /** Script errors by which a loose transaction may break no more than policy. */
  readonly scriptPolicy: ReadonlySet<string>
}

/** The verdict on a block or header that a client refuses with these words. */
export function blockRejection(said: string, { blocks }: ReasonMap): Verdict {
  return rejectionBy(blocks, said)
}

/** The verdict on a loose transaction that a client refuses with these words; `unknown` where it is policy. */
export function transactionRejection(
  said: string,
  { transactions, policy, scriptPolicy }: ReasonMap,
): Verdict {
  const { word, because } = partsOf(said)
  if (policy.has(word) || (because !== undefined && scriptPolicy.has(because)))
    return { outcome: 'unknown', reason: `policy: ${said}` }
  return rejectionBy(transactions, said)
}

/** A word that is not in the map is told as it is, so that nothing agrees with it by chance. */
function rejectionBy(map: Readonly<Record<string, Meaning>>, said: string): Verdict {
  const { word, parameter } = partsOf(said)
  const meaning = map[word]
  if (meaning === undefined)
    return { outcome: 'rejected', class: 'invalid', reason: `${said} (not in the reason map)` }
  return { outcome: 'rejected', ...meaning, reason: meaning.reason + parameter, detail: said }
}

/** `bad-thing (because)` and `bad-thing(parameter)`: the first says more to a human, the second is part of the reason. */
function partsOf(said: string): { word: string; parameter: string; because: string | undefined } {
  const [, word, space, inside] = /^(.*?)( ?)\((.*)\)$/s.exec(said) ?? []
  if (word === undefined || inside === undefined) return { word: said, parameter: '', because: undefined }
  return space === ''
    ? { word, parameter: `(${inside})`, because: undefined }
    : { word, parameter: '', because: inside }
}
