/**
 * What an engine says about one item (header, block, unconfirmed transaction).
 *
 * `connected`: the item is part of the active chain. `stored`: kept on a side branch, its spending unjudged.
 * `accepted`: a unconfirmed transaction that may be mined in the next block. `duplicate`: known already.
 * `invalid-ancestor`: fine in itself or unjudged, but a block below it is invalid.
 * `unknown`: the specification does not say; nothing that a node answers contradicts it.
 */
export type Outcome =
  | 'connected'
  | 'stored'
  | 'accepted'
  | 'duplicate'
  | 'invalid-ancestor'
  | 'unknown'
  | 'rejected'

/**
 * How long a rejection holds, and of what. `invalid`: for ever, for the hash. `mutated`: for these bytes; others may have
 * the same hash or txid and be valid (a Merkle root that is not theirs; a witness altered or stripped). `premature`: not
 * now, but perhaps later (a block's time too far ahead; an unconfirmed transaction not final or immature, or refused
 * for its `basis`). `missing`: something is unknown (a block's parent; an unconfirmed transaction's input).
 */
export type RejectionClass = 'invalid' | 'mutated' | 'premature' | 'missing'

export interface Rejection {
  readonly outcome: 'rejected'
  readonly class: RejectionClass
  /** The target does not report this class: it is not compared. */
  readonly isClassUnknown?: true
  /** Bitcoin Core's reject string, for example `bad-txns-nonfinal`; many rules may share one. */
  readonly reason: string
  /** The reason is the specification's own: no release of Core has it, so that no other node need give it. */
  readonly isOwnReason?: true
  /**
   * What refuses an unconfirmed transaction that a block may hold all the same: an `upgrade` still to come, or only the
   * `policy` of pools. Absent: the consensus, today. Never compared.
   */
  readonly basis?: 'upgrade' | 'policy'
  /** The specification's own id of the violated rule, for example `coinbase-maturity`; only the spec gives it. */
  readonly rule?: string
  /** One line for a human: what was expected, what was there. Never compared. */
  readonly detail?: string
}

export type Verdict = { readonly outcome: Exclude<Outcome, 'rejected'>; readonly reason?: string } | Rejection

/** How closely two verdicts must agree: the outcome; also the class; also the reason. */
export type Strictness = 'verdict' | 'class' | 'exact'
