import { verdictText } from '../../../../reports/index.ts'
import { blockHash, headerField } from '../../../wire/index.ts'
import { compare, tableOfCases, type VectorFormat } from '../format.ts'
import { oneSession } from './chain-cases.ts'
import { chainOfGenesis } from './known-chains.ts'

/** Headers of 80 bytes each, from the genesis of a known chain on: without their blocks they are stored, not connected. */
export const headersFormat: VectorFormat = {
  name: 'headers',
  isSequential: true,
  detects: ({ bytes }) => bytes.length >= 160 && bytes.length % 80 === 0 && chainOf(bytes) !== undefined,
  read({ bytes }) {
    const session = oneSession(chainOf(bytes)!)
    const headers = Array.from({ length: bytes.length / 80 }, (_, index) =>
      bytes.subarray(80 * index, 80 * (index + 1)),
    )
    const now = headerField(headers.at(-1)!, 'time')
    const seen = new Set<string>()
    const expectations = headers.map((header) => {
      const hash = blockHash(header)
      const expected = seen.size === 0 || seen.has(hash) ? 'duplicate' : 'stored'
      seen.add(hash)
      return expected
    })
    if (!expectations.includes('stored')) throw new Error('expected a header behind genesis')
    return tableOfCases(
      headers.map((header, index) => {
        const expected = expectations[index]!
        return {
          id: `header ${index}`,
          run: (engine) => compare(verdictText(session(engine).deliverHeader(header, now)), expected),
        }
      }),
    )
  },
}

function chainOf(bytes: Uint8Array): string | undefined {
  return chainOfGenesis(blockHash(bytes))
}
