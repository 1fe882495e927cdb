/**
 * What an engine says about one item (header, block, loose transaction).
 *
 * `connected`: the item is part of the active chain. `stored`: kept on a side branch, its spending unjudged.
 * `accepted`: a loose transaction that may be mined in the next block. `duplicate`: known already.
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
 * How long a rejection holds. `invalid`: for ever. `mutated`: these bytes, not this hash (the honest bytes may
 * follow). `premature`: valid later (a block's time too far ahead; a loose transaction not final or immature).
 * `missing`: something is unknown (a block's parent; a loose transaction's input).
 */
export type RejectionClass = 'invalid' | 'mutated' | 'premature' | 'missing'

export interface Rejection {
  readonly outcome: 'rejected'
  readonly class: RejectionClass
  /** Bitcoin Core's reject string, for example `bad-txns-nonfinal`; many rules may share one. */
  readonly reason: string
  /** The specification's own id of the violated rule, for example `coinbase-maturity`; only the spec tells it. */
  readonly rule?: string
  /** One line for a human: what was expected, what was there. Never compared. */
  readonly detail?: string
}

export type Verdict = { readonly outcome: Exclude<Outcome, 'rejected'>; readonly reason?: string } | Rejection

/** How closely two verdicts must agree: the outcome; also the class; also the reason. */
export type Strictness = 'verdict' | 'class' | 'exact'
