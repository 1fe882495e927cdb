/** Extremes at which programs differ: at least one story reaches each, in bytes and not in words alone. */
import { describe, expect, it } from 'vitest'
import { chainLookup } from '../adapters/index.ts'
import { expandBits, type RawBlock, type RawTransaction, readBlock } from '../wire/index.ts'
import { readCorpus } from './index.ts'

/** What takes a second form beyond this. [Core serialize.h WriteCompactSize] */
const SHORT_COUNT_MAX = 252
const SIGNED_MAX = 2 ** 31 - 1
const SCRIPT_BYTES_MAX = 10_000
const OP_RETURN = 0x6a

/** The stories that reach it. */
type Reached = ReadonlySet<string>

const corpus = readCorpus([new URL('../../scenarios', import.meta.url).pathname], chainLookup)
const blocks = corpus.flatMap(({ id, compiled }) =>
  [...compiled.items.values()].flatMap((item): { id: string; block: RawBlock }[] => {
    const block = item.kind === 'block' ? readBlock(item.bytes) : undefined
    return block === undefined ? [] : [{ id, block }]
  }),
)

function reached(isExtreme: (block: RawBlock) => boolean): Reached {
  return new Set(blocks.filter(({ block }) => isExtreme(block)).map(({ id }) => id))
}
const inTransaction = (isExtreme: (transaction: RawTransaction) => boolean) =>
  reached(({ transactions }) => transactions.some(isExtreme))

const isUnspendable = (script: Uint8Array) => script[0] === OP_RETURN || script.length > SCRIPT_BYTES_MAX
const isPowerOfTwo = (target: bigint) => target > 0n && (target & (target - 1n)) === 0n

const EXTREMES: Readonly<Record<string, Reached>> = {
  'inputs beyond 252': inTransaction(({ inputs }) => inputs.length > SHORT_COUNT_MAX),
  'outputs beyond 252': inTransaction(({ outputs }) => outputs.length > SHORT_COUNT_MAX),
  'transactions beyond 252': reached(({ transactions }) => transactions.length > SHORT_COUNT_MAX),
  'witness items beyond 252': inTransaction(({ inputs }) =>
    inputs.some(({ witness }) => witness.length > SHORT_COUNT_MAX),
  ),
  'a witness item of more than 252 bytes': inTransaction(({ inputs }) =>
    inputs.some(({ witness }) => witness.some((item) => item.length > SHORT_COUNT_MAX)),
  ),
  'an output script of more than 252 bytes': inTransaction(({ outputs }) =>
    outputs.some(({ script }) => script.length > SHORT_COUNT_MAX && !isUnspendable(script)),
  ),
  'the last time with 31 bits': reached(({ time }) => time === SIGNED_MAX),
  'the first time with 32 bits': reached(({ time }) => time === SIGNED_MAX + 1),
  'the last time of all': reached(({ time }) => time === 2 ** 32 - 1),
  'a target that is a power of two': reached(({ bits }) => isPowerOfTwo(expandBits(bits))),
  'an unspendable output before others': inTransaction(
    ({ outputs }) =>
      outputs.length > 1 && isUnspendable(outputs[0]!.script) && !isUnspendable(outputs.at(-1)!.script),
  ),
  'an unspendable output between others': inTransaction(({ outputs }) =>
    outputs.slice(1, -1).some(({ script }) => isUnspendable(script)),
  ),
  'an unspendable output behind others': inTransaction(
    ({ outputs }) => outputs.length > 1 && isUnspendable(outputs.at(-1)!.script),
  ),
  'nothing but unspendable outputs': inTransaction(
    ({ outputs }) => outputs.length > 0 && outputs.every(({ script }) => isUnspendable(script)),
  ),
  'an output that is unspendable by its length': inTransaction(({ outputs }) =>
    outputs.some(({ script }) => script.length > SCRIPT_BYTES_MAX),
  ),
}

describe('a story reaches', () => {
  it.each(Object.entries(EXTREMES))('%s', (_, stories) => expect(stories.size).toBeGreaterThan(0))
})
