import fc from 'fast-check'
import { actKind, node } from '../act.ts'
import { type Disturbance, disturbance, type Stage } from './disturbance.ts'

/** What a partition is made of. */
export interface PartitionGround {
  readonly stage: Stage
  /** All nodes; the first is the one that something special may happen to. */
  readonly names: readonly string[]
  readonly lastsMs: number
}

/** A way in which the network comes apart; it heals after a while. */
export function partition<const Name extends string>(
  name: Name,
  cut: (ground: PartitionGround) => void,
): Disturbance<Name> {
  const act = actKind({
    name,
    weight: 1,
    choices: () => fc.record({ first: node, lastsMs: fc.nat(20_000) }),
    play(stage: Stage, { first, lastsMs }) {
      const names = stage.hosts.map((host) => host.name)
      if (names.length < 2) return
      const start = first % names.length
      cut({ stage, names: [...names.slice(start), ...names.slice(0, start)], lastsMs })
      stage.mark(name)
      stage.later(lastsMs, () => stage.perform({ do: 'heal' }))
    },
  })
  return disturbance({ name, isQuiet: true, act })
}

/** Sets every link to the first node; `oneWay`: only in the direction towards it. */
export function setLinks(
  { stage, names: [first, ...others] }: PartitionGround,
  state: 'up' | 'down' | 'hold',
  oneWay: boolean,
): void {
  for (const other of others) stage.perform({ do: 'link', between: [other, first!], state, oneWay })
}
