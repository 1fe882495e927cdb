import { describe, expect, it } from 'vitest'
import { type DefinedModule, type Domain, MODELS } from '../../../spec/index.ts'
import { layoutOf } from './layout.ts'

const BLOCKS = 8
const NODES = 7

/** More states than 2^53: no machine number distinguishes them. */
interface State {
  readonly stored: readonly (readonly number[])[]
}

const forkChoice = MODELS.get('fork-choice') as DefinedModule<object, State>
const model = forkChoice.withConstants({ blocks: BLOCKS, nodes: NODES, work: [1] })
const layout = layoutOf(model)
const [first] = model.init

/** The words of a state in which one node has these blocks, and the last has all. */
function packed(stored: readonly number[], node = 0): string {
  const all = Array.from({ length: BLOCKS + 1 }, (_, block) => block)
  const others = Array.from({ length: NODES }, (_, index): readonly number[] =>
    index === NODES - 1 ? all : [0],
  )
  const words = new Uint32Array(layout.width)
  layout.write({ ...first, stored: others.with(node, stored) }, words)
  return words.join()
}

describe('a model of more than 2^53 states', () => {
  it('is one', () => {
    const states = (Object.values(model.variables) as Domain<unknown>[]).reduce(
      (product, { size }) => product * size,
      1,
    )
    expect(states).toBeGreaterThan(2 ** 53)
  })

  it('packs each state into words of its own, which give it back', () => {
    const subsets = Array.from({ length: 2 ** BLOCKS }, (_, bits) => [
      0,
      ...Array.from({ length: BLOCKS }, (_, at) => at + 1).filter((block) => (bits >> (block - 1)) & 1),
    ])
    const words = subsets.flatMap((subset) =>
      Array.from({ length: NODES - 1 }, (_, node) =>
        subset.length === 1 && node > 0 ? [] : [packed(subset, node)],
      ),
    )
    const flat = words.flat()
    expect(new Set(flat).size).toBe(flat.length)
    const read = layout.read(Uint32Array.from(packed([0, 8]).split(',').map(Number)), 0)
    expect(read.stored[0]).toEqual([0, 8])
  })
})
