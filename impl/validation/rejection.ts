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
  /**
   * What refuses it, where that is not the rules of the next block: relay policy, or a soft fork that may still come.
   * The next block may contain such a transaction all the same.
   */
  readonly basis?: 'policy' | 'upgrade'
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

/** Refused by the relay policy alone: a block may contain it. */
export function refusedByPolicy(reason: string, detail?: string): Rejection {
  return { ...reject('premature', reason, detail), basis: 'policy' }
}

/** Refused by a soft fork that is not in force yet, which would make it invalid while it waits. */
export function refusedByUpgrade(reason: string, detail?: string): Rejection {
  return { ...reject('premature', reason, detail), basis: 'upgrade' }
}

/** Refused as bytes that may have been altered on the way: the honest item of the same hash may follow. */
export function mutated(reason: string, detail?: string): Rejection {
  return reject('mutated', reason, detail)
}
