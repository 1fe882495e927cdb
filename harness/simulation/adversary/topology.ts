/** Nodes named n1, n2, … and who is linked with whom: a line, a ring, a star, or everybody. */
export function nodesOf(shape: number, count: number): Record<string, { peers: string[] }> {
  const names = Array.from({ length: count }, (_, index) => `n${index + 1}`)
  const peersOf = SHAPES[shape % SHAPES.length]!
  return Object.fromEntries(names.map((name, index) => [name, { peers: peersOf(names, index) }]))
}

const SHAPES: readonly ((names: readonly string[], index: number) => string[])[] = [
  function everybody(names, index) {
    return names.slice(index + 1)
  },
  function line(names, index) {
    return names.slice(index + 1, index + 2)
  },
  function ring(names, index) {
    const next = names[(index + 1) % names.length]!
    return names.length > 2 || index === 0 ? [next].filter((name) => name !== names[index]) : []
  },
  function star(names, index) {
    return index === 0 ? names.slice(1) : []
  },
]
