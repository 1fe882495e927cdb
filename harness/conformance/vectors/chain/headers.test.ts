import { expect, it } from 'vitest'
import { createEngine, createSpecEngine } from '../../../adapters/index.ts'
import type { Engine, Verdict } from '../../../ports/index.ts'
import { headersFormat } from './headers.ts'

const REGTEST_GENESIS = Buffer.from(
  `01000000${'00'.repeat(32)}3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000`,
  'hex',
)
/** A child of regtest's genesis with a nonce that meets its easy target. */
const CHILD = Buffer.from(
  `0400000006226e46111a0b59caaf126043eb5bbf28c34f3a5e332a1fc7b2b73cf188910f${'11'.repeat(32)}dbe5494dffff7f2000000000`,
  'hex',
)

function failures(headers: readonly Buffer[], engine: Engine): string[] {
  const content = { bytes: Uint8Array.from(Buffer.concat(headers)) }
  expect(headersFormat.detects(content)).toBe(true)
  return headersFormat.read(content).cases.flatMap(({ id, run }) => {
    const verdict = run(engine)
    return verdict !== 'pass' && 'fail' in verdict ? [`${id}: ${verdict.fail}`] : []
  })
}

function mined(header: Buffer): Buffer {
  for (let nonce = 0; nonce < 1000; nonce++) {
    const tried = Buffer.from(header)
    tried.writeUInt32LE(nonce, 76)
    if (failures([REGTEST_GENESIS, tried], createSpecEngine()).length === 0) return tried
  }
  throw new Error('no nonce is taken: the reader is wrong about one of the two headers')
}

it.each(['spec', 'node'] as const)('%s stores new headers and knows old ones', (name) => {
  const child = mined(CHILD)
  expect(failures([REGTEST_GENESIS, child, child], createEngine(name))).toEqual([])
})

it('an engine that says the same of every header is reported', () => {
  const saying = (outcome: Exclude<Verdict['outcome'], 'rejected'>) =>
    ({ openChain: () => ({ deliverHeader: () => ({ outcome }) }) }) as unknown as Engine
  expect(failures([REGTEST_GENESIS, CHILD], saying('duplicate'))).toEqual([
    'header 1: expected stored, got duplicate',
  ])
  expect(failures([REGTEST_GENESIS, CHILD], saying('connected'))).toHaveLength(2)
})

it('a file of nothing but genesis asks nothing', () => {
  expect(() => failures([REGTEST_GENESIS, REGTEST_GENESIS], createSpecEngine())).toThrow(
    'expected a header behind genesis',
  )
})
