import type { SingleBlockPlace } from '../ports/index.ts'

/**
 * A line of blocks down from a block's parent, in an engine's own form, in which each height that a coin asks for has
 * the median time that is known of it: as many blocks of that one time as a median is taken of.
 */
export function branchOfPlace<Link>(
  { height, medianTime, origins }: SingleBlockPlace,
  span: number,
  link: (height: number, time: number, below: Link | undefined) => Link,
): Link {
  const times = new Map(origins.map((origin) => [Math.max(origin.height - 1, 0), origin.medianTime]))
  times.set(height - 1, medianTime)
  let top: Link | undefined
  for (const [at, time] of [...times].sort(([left], [right]) => left - right))
    for (let count = 0; count < span; count++) top = link(at, time, top)
  return top!
}
