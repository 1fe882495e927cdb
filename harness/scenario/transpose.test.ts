import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine } from '../adapters/index.ts'
import { replayOnEngine } from '../simulation/index.ts'
import { compileScenario } from './compile.ts'
import { readScenario } from './parse.ts'
import { transpose } from './transpose.ts'

const [tiny, regtest] = [chainLookup('tiny')!, chainLookup('regtest')!]
const LONGER = regtest.limits.coinbaseMaturityBlocks - tiny.limits.coinbaseMaturityBlocks

function transposed(id: string) {
  const scenario = readScenario(readFileSync(new URL(`../../scenarios/${id}.json`, import.meta.url), 'utf8'))
  return transpose(scenario, tiny, regtest)
}

function outcome(id: string) {
  const reference = createEngine('spec')
  return replayOnEngine(compileScenario(transposed(id), chainLookup), reference, { reference })
}

describe('a story transposed to another chain', () => {
  it('waits for the coinbases that it spends', () => {
    const { blocks, steps } = transposed('limits/coinbase-maturity-edge')
    expect(Object.keys(blocks).filter((name) => name.startsWith('b1.on'))).toHaveLength(LONGER)
    expect(blocks.f1?.extends).toBe(`b1.on${LONGER}`)
    expect(steps[0]).toMatchObject({
      do: 'send',
      items: expect.arrayContaining(['b1', 'b1.on1', `b1.on${LONGER}`]),
    })
  })
  it('comes out the same at the edges of maturity, heights and times', () => {
    for (const id of [
      'limits/coinbase-maturity-edge',
      'lock-time/height-edge',
      'limits/time-too-new',
      'activation/cltv-edge',
    ])
      expect({ id, status: outcome(id).status }).toEqual({ id, status: 'pass' })
  })
  it('waits on every branch that spends its own', () => {
    const { blocks } = transposed('reorg/immature-coinbase')
    expect(Object.keys(blocks).filter((name) => name.includes('.on'))).toHaveLength(2 * LONGER)
  })
  it('has nothing put between where nothing is spent', () => {
    expect(Object.keys(transposed('limits/time-too-new').blocks)).toEqual(['f1', 'f2', 'ahead'])
  })
  it('moves the heights of soft forks and locks above', () => {
    expect(transposed('activation/csv-edge').chain).toMatchObject({
      base: 'regtest',
      deployments: { csv: { height: 6 + LONGER } },
    })
    expect(transposed('lock-time/height-edge').transactions.locked?.lockTime).toBe(5 + LONGER)
  })
})
