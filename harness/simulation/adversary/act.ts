/**
 * One act of an attack. Numbers are choices, taken modulo what there is to choose from when the act begins, so that
 * every plan can be played on every world and a shrunk plan is still a plan.
 */
export type Act =
  | { readonly act: 'mine'; readonly node: number; readonly count: number; readonly pace: number }
  | {
      readonly act: 'pay'
      readonly node: number
      readonly coin: number
      readonly ways: number
      readonly lock: number
    }
  | { readonly act: 'race'; readonly node: number; readonly other: number; readonly coin: number }
  | { readonly act: 'finney'; readonly node: number; readonly coin: number; readonly waitMs: number }
  | {
      readonly act: 'fork'
      readonly node: number
      readonly depth: number
      readonly length: number
      readonly pace: number
      readonly spending: number
      readonly backwards: boolean
    }
  | {
      readonly act: 'lock-edge'
      readonly node: number
      readonly kind: number
      readonly offset: number
      readonly open: boolean
      readonly way: number
    }
  | { readonly act: 'mature-edge'; readonly node: number; readonly offset: number; readonly loose: boolean }
  | BuriedSpend<'one-confirmation'>
  | BuriedSpend<'majority'>
  | BuriedSpend<'eclipse'>
  | { readonly act: 'equivocate'; readonly node: number; readonly other: number; readonly coin: number }
  | { readonly act: 'selfish'; readonly node: number; readonly lead: number; readonly waitMs: number }
  | { readonly act: 'timewarp'; readonly node: number; readonly periods: number }
  | { readonly act: 'header-spam'; readonly node: number; readonly depth: number; readonly count: number }
  | {
      readonly act: 'bad-block'
      readonly node: number
      readonly flaw: number
      readonly children: number
      readonly byPeer: boolean
    }
  | {
      readonly act: 'withhold'
      readonly node: number
      readonly length: number
      readonly manner: number
      readonly waitMs: number
    }
  | { readonly act: 'overrule'; readonly node: number; readonly depth: number; readonly lastsMs: number }
  | { readonly act: 'babble'; readonly node: number; readonly command: number; readonly content: number }
  | { readonly act: 'partition'; readonly shape: number; readonly cut: number; readonly lastsMs: number }
  | {
      readonly act: 'crash'
      readonly node: number
      readonly atWrite: number
      readonly survives: number
      readonly lastsMs: number
      readonly fork: number
    }
  | { readonly act: 'kill'; readonly node: number; readonly survives: number; readonly lastsMs: number }
  | Outage<'wipe'>
  | Outage<'stop'>
  | Outage<'pause'>
  | Outage<'disk-full'>
  | {
      readonly act: 'disk-slow'
      readonly node: number
      readonly msPerWrite: number
      readonly lastsMs: number
    }
  | Damage<'disk-flip'>
  | Damage<'disk-misdirect'>
  | Damage<'disk-unreadable'>
  | { readonly act: 'clock-step'; readonly node: number; readonly seconds: number }
  | { readonly act: 'clock-drift'; readonly node: number; readonly seconds: number; readonly ppm: number }

/** A payment lies in a block, or in several, before another spends its coin. */
interface BuriedSpend<Name extends string> {
  readonly act: Name
  /** Where the payee looks. */
  readonly node: number
  /** Where the rest of the network is told otherwise. */
  readonly other: number
  readonly coin: number
  readonly depth: number
  readonly waitMs: number
}

interface Outage<Name extends string> {
  readonly act: Name
  readonly node: number
  readonly lastsMs: number
}

interface Damage<Name extends string> {
  readonly act: Name
  readonly node: number
  readonly position: number
  /** What makes the node look again: a crash, an orderly stop, a reorganisation, or nothing in particular. */
  readonly sequel: number
}

export type ActOf<Name extends Act['act']> = Omit<Extract<Act, { act: Name }>, 'act'>
