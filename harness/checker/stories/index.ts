import type { Module } from '../../../spec/index.ts'
import type { ScenarioSource } from '../../scenario/index.ts'
import type { Violation } from '../explore/explore.ts'
import type { Trace } from '../explore/trace.ts'
import { taleOfForkChoice } from './fork-choice.ts'
import { taleOfNetwork } from './network.ts'
import { type Tale, writeScenario } from './write.ts'

// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
type StoryWriter = (trace: Trace<any>, violated: string) => Tale

/** How traces of a model are replayed on nodes, by the model's name. */
const WRITERS: ReadonlyMap<string, StoryWriter> = new Map<string, StoryWriter>([
  ['ForkChoice', taleOfForkChoice],
  ['Network', taleOfNetwork],
])

/** The models whose counterexamples nodes can replay. */
export const REPLAYABLE_MODELS: readonly string[] = [...WRITERS.keys()]

/**
 * A counterexample as a scenario that any node replays: what happens is that of the trace, what is expected is what a
 * sound node does. Undefined where nobody has written how the model's steps are replayed.
 */
export function scenarioOf<State>(
  { name }: Module<State>,
  { name: violated, trace }: Violation<State>,
): ScenarioSource | undefined {
  const write = WRITERS.get(name)
  return write && writeScenario(write(trace, violated))
}

/** A behaviour as the node goes through it that acts last. Undefined where nobody has written how the steps are replayed. */
export function taleOf<State>({ name }: Module<State>, trace: Trace<State>): Tale | undefined {
  const tale = WRITERS.get(name)?.(trace, '')
  return (
    tale && {
      ...tale,
      title: `A way through the model ${name}: ${trace.at(-1)!.happened?.printed ?? 'nothing'} comes last`,
      story: `Generated from the graph of the model ${name}. A sound node ends on the valid branch of most work.`,
    }
  )
}
