import { lightFunctionsOf } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import { hexOf, requireBytes } from './content.ts'
import { compare, type VectorFormat } from './format.ts'

type FilterRow = readonly [
  height: number,
  hash: string,
  block: string,
  spentScripts: readonly string[],
  previousHeader: string,
  filter: string,
  header: string,
  notes?: string,
]

/** BIP158's own file: a head, then `[height, hash, block, scripts, previous header, filter, header, notes]`. */
const blockFiltersFormat: VectorFormat = {
  name: 'block filters',
  detects: ({ json }) =>
    Array.isArray(json) &&
    Array.isArray(json[0]) &&
    String(json[0][0]).startsWith('Block Height,Block Hash,Block'),
  cases: function* ({ json }) {
    for (const [height, hash, block, scripts, previous, filter, header] of (json as FilterRow[]).slice(1))
      yield {
        id: `filter of block ${height} ${hash}`,
        run: (engine) => {
          const light = requireLight(engine)
          const own = light.basicFilter(requireBytes(block), scripts.map(requireBytes))
          const verdict = compare(hexOf(own), filter)
          if (verdict !== 'pass') return verdict
          return compare(
            hexOf(light.filterHeader(own, requireBytes(previous).reverse()).slice().reverse()),
            header,
          )
        },
      }
  },
}

interface SipHashRow {
  /** k0 and k1 as numbers in hex. */
  readonly key: readonly [string, string]
  /** Pieces of the input, in hex. */
  readonly input: readonly string[]
  readonly expected: { readonly siphash24?: string }
}

/** Core's siphash.json; its other variants of the function are nobody's business here. */
const sipHashFormat: VectorFormat = {
  name: 'SipHash',
  detects: ({ json }) => Array.isArray(json) && isSipHashRow(json[0]),
  cases: function* ({ json }) {
    for (const [index, { key, input, expected }] of (json as SipHashRow[]).entries())
      if (expected.siphash24 !== undefined)
        yield {
          id: `row ${index}`,
          run: (engine) => {
            const keyBytes = Uint8Array.of(...key.flatMap((half) => [...requireBytes(half).reverse()]))
            const hash = requireLight(engine).sipHash(keyBytes, requireBytes(input.join('')))
            return compare(hash.toString(16).padStart(16, '0'), expected.siphash24!)
          },
        }
  },
}

/** What light nodes compute; engines without it have no business with these. */
export const lightFormats: readonly VectorFormat[] = [blockFiltersFormat, sipHashFormat]

function isSipHashRow(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'key' in row && 'input' in row && 'expected' in row
}

function requireLight(engine: Engine) {
  const light = lightFunctionsOf(engine)
  if (light === undefined) throw new Error(`${engine.name} computes nothing for light nodes`)
  return light
}
