import fc from 'fast-check'
import { around } from '../generators/index.ts'

/**
 * One act of a plan. Its choices are numbers, taken modulo what there is to choose from when the act begins, so that
 * every plan can be played on every world and a shrunk plan is still a plan.
 */
export interface Act<Stage> {
  readonly name: string
  /** `node`: the number of the node it is about, where it is about one. */
  readonly choices: { readonly node?: number }
  play(stage: Stage): void
}

/** A kind of act: how often it is drawn beside others, and what there is to choose. */
export interface ActKind<Stage, Name extends string = string> {
  readonly name: Name
  /** Its share among all kinds of acts. */
  readonly weight: number
  /** `quiet`: few signatures are made. */
  arbitrary(quiet: boolean): fc.Arbitrary<Act<Stage>>
}

/** Defines a kind of act by its choices and by what it does with them. */
export function actKind<const Name extends string, Stage, Choices extends object>(kind: {
  readonly name: Name
  readonly weight: number
  readonly choices: (quiet: boolean) => fc.Arbitrary<Choices>
  readonly play: (stage: Stage, choices: Choices) => void
}): ActKind<Stage, Name> {
  const { name, weight, choices, play } = kind
  return {
    name,
    weight,
    arbitrary: (quiet) =>
      choices(quiet).map((drawn) => ({ name, choices: drawn, play: (stage) => play(stage, drawn) })),
  }
}

/** Any choice: taken modulo the number of possibilities. */
export const choice = fc.nat(9999)
/** The number of a node, taken modulo how many there are. */
export const node = fc.nat(31)
/** Ms until an act goes on. */
export const waitMs = fc.oneof(fc.nat(100), fc.nat(3_000))
/** Ms for which a disturbance lasts. */
export const lastsMs = fc.nat(5_000)
/** Share of un-synced writes that survives a crash, in 256ths. */
export const survives = fc.constantFrom(0, 64, 128, 255, 256)
/** Seconds by which a clock is off: not at all, or about as much as headers may be. */
export const clockSeconds = fc.oneof(around(0, 600), around(7200, 60), around(-7200, 60))
