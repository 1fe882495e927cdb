import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import type { PartitionClass } from './fault-classes.ts'
import type { Plan } from './plan.ts'

/** Parts the network in one of several shapes, if that one is on, and heals it after a while. */
export function partition(
  director: Director,
  { shape, cut, lastsMs }: ActOf<'partition'>,
  faults: Plan['faults'],
): void {
  const names = director.world.hosts.map((host) => host.name)
  const [faultClass, part] = SHAPES[shape % SHAPES.length]!
  if (names.length < 2 || !faults.includes(faultClass)) return
  const first = cut % names.length
  part({ director, names: [...names.slice(first), ...names.slice(0, first)], lastsMs })
  director.world.mark(faultClass)
  director.later(lastsMs, () => director.perform({ do: 'heal' }))
}

interface Ground {
  readonly director: Director
  /** All nodes; the first is the one that something special may happen to. */
  readonly names: readonly string[]
  readonly lastsMs: number
}

const SHAPES: readonly (readonly [PartitionClass, (ground: Ground) => void])[] = [
  [
    'halves',
    ({ director, names }) => {
      const middle = Math.ceil(names.length / 2)
      director.perform({ do: 'partition', groups: [names.slice(0, middle), names.slice(middle)] })
    },
  ],
  [
    'isolate',
    ({ director, names: [alone, ...others] }) =>
      director.perform({ do: 'partition', groups: [[alone!], others] }),
  ],
  [
    'all-apart',
    ({ director, names }) => director.perform({ do: 'partition', groups: names.map((name) => [name]) }),
  ],
  ['one-way', (ground) => setLinks(ground, 'down', true)],
  ['hold', (ground) => setLinks(ground, 'hold', false)],
  [
    'bridge',
    ({ director, names: [bridge, ...others] }) => {
      const middle = Math.ceil(others.length / 2)
      const sides = [others.slice(0, middle), others.slice(middle)]
      director.perform({ do: 'partition', groups: sides.map((side) => [bridge!, ...side]) })
    },
  ],
  [
    'ring',
    ({ director, names }) =>
      director.perform({
        do: 'partition',
        groups: names.map((name, index) => [name, names[(index + 1) % names.length]!]),
      }),
  ],
  [
    'flapping',
    (ground) => {
      const periodMs = Math.max(Math.floor(ground.lastsMs / FLAPS), 1)
      for (let flap = 0; flap < FLAPS; flap++)
        ground.director.later(flap * periodMs, () => setLinks(ground, flap % 2 === 0 ? 'down' : 'up', false))
    },
  ],
]

const FLAPS = 6

/** Every way to the first node. */
function setLinks(
  { director, names: [first, ...others] }: Ground,
  state: 'up' | 'down' | 'hold',
  oneWay: boolean,
) {
  for (const other of others) director.perform({ do: 'link', between: [other, first!], state, oneWay })
}
