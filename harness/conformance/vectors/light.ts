import { z } from 'zod'
import type { Engine } from '../../ports/index.ts'
import { bytesToHex, readBlock } from '../../wire/index.ts'
import { hexText, requireBytes, requireShape } from './content.ts'
import { COMMENT, compare, tableOf, type VectorFormat } from './format.ts'

const HEAD = 'Block Height,Block Hash,Block'
const hash = hexText.length(64, 'expected 64 hex digits')
const filterSchema = z
  .tuple([z.int().nonnegative(), hash, hexText, z.array(hexText), hash, hexText, hash, z.string()])
  .or(z.tuple([z.int().nonnegative(), hash, hexText, z.array(hexText), hash, hexText, hash]))

/** BIP158's own file: a head, then `[height, hash, block, scripts, previous header, filter, header, notes?]`. */
const blockFiltersFormat: VectorFormat = {
  name: 'block filters',
  detects: ({ json }) => Array.isArray(json) && isHead(json[0]),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row) => {
      if (isHead(row)) return COMMENT
      const [height, blockHash, hex, scripts, previous, filter, header] = requireShape(filterSchema, row)
      const block = readBlock(requireBytes(hex))
      if (block?.hash !== blockHash) throw new Error(`2: expected the block of hash ${blockHash}`)
      return {
        id: `filter of block ${height} ${blockHash}`,
        run: (engine) => {
          const light = requireLight(engine)
          const own = light.basicFilter(block.bytes, scripts.map(requireBytes))
          const verdict = compare(bytesToHex(own), filter)
          if (verdict !== 'pass') return verdict
          return compare(
            bytesToHex(light.filterHeader(own, requireBytes(previous).reverse()).slice().reverse()),
            header,
          )
        },
      }
    }),
}

function isHead(row: unknown): boolean {
  return Array.isArray(row) && String(row[0]).startsWith(HEAD)
}

/** k0 and k1 as numbers in hex; pieces of the input, in hex. */
const sipHashSchema = z.strictObject({
  key: z.tuple([hexText, hexText]),
  input: z.array(hexText),
  expected: z.strictObject({ siphash24: hexText.optional(), siphash13uj: hexText.optional() }),
})

/** Core's siphash.json; its other variants of the function are nobody's business here. */
const sipHashFormat: VectorFormat = {
  name: 'SipHash',
  detects: ({ json }) => Array.isArray(json) && json.some(isSipHashRow),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      const { key, input, expected } = requireShape(sipHashSchema, row)
      return {
        id: `row ${index}`,
        run: (engine) => {
          if (expected.siphash24 === undefined) return { skip: 'another function than SipHash-2-4' }
          const keyBytes = Uint8Array.of(...key.flatMap((half) => [...requireBytes(half).reverse()]))
          const value = requireLight(engine).sipHash(keyBytes, requireBytes(input.join('')))
          return compare(value.toString(16).padStart(16, '0'), expected.siphash24)
        },
      }
    }),
}

/** What light nodes compute; engines without it have no business with these. */
export const lightFormats: readonly VectorFormat[] = [blockFiltersFormat, sipHashFormat]

function isSipHashRow(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'key' in row && 'input' in row && 'expected' in row
}

function requireLight(engine: Engine) {
  const light = engine.light
  if (light === undefined) throw new Error(`${engine.name} computes nothing for light nodes`)
  return light
}
