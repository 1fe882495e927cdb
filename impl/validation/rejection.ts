/**
 * How long a rejection holds. `invalid`: for ever. `mutated`: for these bytes, not for the hash they carry.
 * `premature`: it may be valid later. `missing`: something it builds on is unknown.
 */
export type RejectionClass = 'invalid' | 'mutated' | 'premature' | 'missing'

/** Why something was refused. `reason` is Bitcoin Core's reject string; `detail` is for people and never compared. */
export interface Rejection {
  readonly outcome: 'rejected'
  readonly class: RejectionClass
  readonly reason: string
  readonly detail?: string
}

/**
 * What became of a header, block or transaction. `connected`: in the active chain. `stored`: kept, its spending
 * unjudged. `accepted`: an unconfirmed transaction in the pool. `duplicate`: known already.
 * `invalid-ancestor`: a block below it is invalid.
 */
export type BlockVerdict =
  | {
      readonly outcome: 'connected' | 'stored' | 'accepted' | 'duplicate' | 'invalid-ancestor'
      readonly reason?: string
    }
  | Rejection

/** A rejection; `detail` is for people and never compared. */
export function reject(rejectionClass: RejectionClass, reason: string, detail?: string): Rejection {
  return detail === undefined
    ? { outcome: 'rejected', class: rejectionClass, reason }
    : { outcome: 'rejected', class: rejectionClass, reason, detail }
}

/** Refused for ever. */
export function invalid(reason: string, detail?: string): Rejection {
  return reject('invalid', reason, detail)
}

/** Refused as bytes that may have been altered on the way: the honest item of the same hash may follow. */
export function mutated(reason: string, detail?: string): Rejection {
  return reject('mutated', reason, detail)
}
