import type { RejectionClass, Verdict } from '../../ports/index.ts'

/** What a client's word for a rejection means. */
export interface Meaning {
  readonly reason: string
  readonly class: RejectionClass
  /** The client's source gives the word no class that is the specification's. */
  readonly isClassUnknown?: true
}

/** A client's words, in a file of its own. A word is a reject string without what stands in parentheses at its end. */
export interface ReasonMap {
  readonly blocks: Readonly<Record<string, Meaning>>
  /** Refusals of a block by the interface, before any rule was asked. */
  readonly unread: ReadonlySet<string>
  readonly transactions: Readonly<Record<string, Meaning>>
  /** Refusals of a unconfirmed transaction that are the operator's policy, of which the specification says nothing. */
  readonly policy: ReadonlySet<string>
  /** How the client words a script error -> the error's name. */
  readonly scriptErrors: Readonly<Record<string, string>>
  /** Names of script errors by which a unconfirmed transaction may break no more than policy. */
  readonly scriptPolicy: ReadonlySet<string>
}

/** The verdict on a block or header that a client refuses with these words. */
export function blockRejection(said: string, reasons: ReasonMap): Verdict {
  if (reasons.unread.has(said)) return { outcome: 'unknown', reason: `not judged: ${said}` }
  return rejectionBy(reasons.blocks, said, reasons)
}

/** The verdict on a unconfirmed transaction that a client refuses with these words; `unknown` where it is policy. */
export function transactionRejection(said: string, reasons: ReasonMap): Verdict {
  const { word, scriptError } = partsOf(said, reasons)
  if (reasons.policy.has(word) || (scriptError !== undefined && reasons.scriptPolicy.has(scriptError)))
    return { outcome: 'unknown', reason: `policy: ${said}` }
  return rejectionBy(reasons.transactions, said, reasons)
}

/** A word that is not in the map is reported as it is, so that nothing agrees with it by chance. */
function rejectionBy(map: Readonly<Record<string, Meaning>>, said: string, reasons: ReasonMap): Verdict {
  const { word, parameter, scriptError } = partsOf(said, reasons)
  const meaning = map[word]
  if (meaning === undefined)
    return { outcome: 'rejected', class: 'invalid', reason: `${said} (not in the reason map)` }
  const suffix = scriptError === undefined ? parameter : ` (${scriptError})`
  return { outcome: 'rejected', ...meaning, reason: meaning.reason + suffix, detail: said }
}

interface Parts {
  readonly word: string
  readonly parameter: string
  readonly scriptError: string | undefined
}

/** `bad-thing(parameter)`: a part of the reason. `bad-thing (because)`: a script error, or words for a human. */
function partsOf(said: string, { scriptErrors }: ReasonMap): Parts {
  const [, word, space, inside] = /^([^ (]+)( ?)\((.*)\)$/s.exec(said) ?? []
  if (word === undefined || inside === undefined) return { word: said, parameter: '', scriptError: undefined }
  if (space === '') return { word, parameter: `(${inside})`, scriptError: undefined }
  return { word, parameter: '', scriptError: scriptErrors[inside] }
}
