import type { Director } from './director.ts'
import type { Act } from './plan.ts'

type ActOf<Name extends Act['act']> = Omit<Extract<Act, { act: Name }>, 'act'>

/** Parts the network in one of several shapes, and heals it after a while. */
export function partition(director: Director, { shape, cut, lastsMs }: ActOf<'partition'>): void {
  const names = director.world.hosts.map((host) => host.name)
  if (names.length < 2) return
  SHAPES[shape % SHAPES.length]!(director, names, cut % names.length)
  director.later(lastsMs, () => director.perform({ do: 'heal' }))
}

const SHAPES: readonly ((director: Director, names: readonly string[], cut: number) => void)[] = [
  function halves(director, names, cut) {
    const rotated = [...names.slice(cut), ...names.slice(0, cut)]
    const middle = Math.ceil(names.length / 2)
    director.perform({ do: 'partition', groups: [rotated.slice(0, middle), rotated.slice(middle)] })
  },
  function isolate(director, names, cut) {
    const others = names.filter((_, index) => index !== cut)
    director.perform({ do: 'partition', groups: [[names[cut]!], others] })
  },
  function deafInOneDirection(director, names, cut) {
    for (const other of names)
      if (other !== names[cut])
        director.perform({ do: 'link', between: [other, names[cut]!], state: 'down', oneWay: true })
  },
  function held(director, names, cut) {
    for (const other of names)
      if (other !== names[cut])
        director.perform({ do: 'link', between: [other, names[cut]!], state: 'hold', oneWay: false })
  },
  function everyoneAlone(director, names) {
    director.perform({ do: 'partition', groups: names.map((name) => [name]) })
  },
]
