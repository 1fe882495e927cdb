import { compare, type VectorFormat } from '../format.ts'
import { oneSession, verdictText } from './chain-cases.ts'
import { chainOfGenesis } from './known-chains.ts'
import { displayHash, doubleSha256 } from './raw-block.ts'

/** Headers of 80 bytes each, from the genesis of a known chain on. */
export const headersFormat: VectorFormat = {
  name: 'headers',
  detects: ({ bytes }) => bytes.length >= 160 && bytes.length % 80 === 0 && chainOf(bytes) !== undefined,
  cases: function* ({ bytes }) {
    const session = oneSession(chainOf(bytes)!)
    const headers = Array.from({ length: bytes.length / 80 - 1 }, (_, index) =>
      bytes.subarray(80 * (index + 1), 80 * (index + 2)),
    )
    const now = new DataView(headers.at(-1)!.buffer, headers.at(-1)!.byteOffset).getUint32(68, true)
    for (const [index, header] of headers.entries())
      yield {
        id: `header ${index + 1}`,
        run: (engine) => {
          const text = verdictText(session(engine).deliverHeader(header, now))
          return compare(text, text.startsWith('rejected') ? 'a valid header' : text)
        },
      }
  },
}

function chainOf(bytes: Uint8Array): string | undefined {
  return chainOfGenesis(displayHash(doubleSha256(bytes.subarray(0, 80))))
}
