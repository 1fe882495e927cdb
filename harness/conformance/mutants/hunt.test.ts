import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUG_BANK } from './bank/index.ts'
import { type Bundle, buildBundle } from './bundle.ts'
import { hunt, type MutantResult } from './hunt.ts'
import type { Mutant } from './mutant.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const MATURITY = BUG_BANK.find(({ id }) => id === 'U04')!

describe('hunt', () => {
  let workFolder: string
  let sound: Bundle

  beforeAll(async () => {
    mkdirSync(join(ROOT, 'node_modules/.cache/touchstone'), { recursive: true })
    workFolder = mkdtempSync(join(ROOT, 'node_modules/.cache/touchstone/mutants-test-'))
    const scenario = 'scenarios/limits/coinbase-maturity-edge.json'
    mkdirSync(join(workFolder, 'scenarios/limits'), { recursive: true })
    copyFileSync(join(ROOT, scenario), join(workFolder, scenario))
    sound = await buildBundle(ROOT, workFolder)
  })

  afterAll(() => rmSync(workFolder, { recursive: true, force: true }))

  function huntFor(mutant: Mutant, without: Bundle = sound): Promise<MutantResult> {
    const scenarios = join(workFolder, 'scenarios')
    const out = join(workFolder, 'out')
    const arsenal = { scenarios, vectors: [], seed: 1, seeds: 1, jobs: 1, out }
    return hunt(mutant, { root: ROOT, workFolder, sound: without, killers: ['scenarios'], arsenal })
  }

  it('kills a bug that a scenario stumbles over', async () => {
    const { outcome, find } = await huntFor(MATURITY)
    expect(outcome).toBe('killed')
    expect(find).toMatchObject({ by: 'scenarios', what: 'limits/coinbase-maturity-edge', after: 1 })
    expect(existsSync(join(workFolder, MATURITY.id))).toBe(false)
  })

  it('lets a change survive that changes nothing', async () => {
    const harmless = { ...MATURITY, id: 'U99', replace: MATURITY.find.replace('spendHeight', '+spendHeight') }
    expect(await huntFor(harmless)).toMatchObject({ outcome: 'survived' })
  })

  it('believes no find that fails without the bug too', async () => {
    const buggy = await buildBundle(ROOT, join(workFolder, 'buggy'), MATURITY)
    const { outcome, reason } = await huntFor(MATURITY, buggy)
    expect(outcome).toBe('inconclusive')
    expect(reason).toBe('limits/coinbase-maturity-edge fails without the bug too')
  })

  it('reports when a bug cannot be planted', async () => {
    const { outcome, reason } = await huntFor({ ...MATURITY, find: 'no such text' })
    expect(outcome).toBe('inconclusive')
    expect(reason).toBe(`${MATURITY.file}: the text to replace must stand there exactly once: no such text`)
  })
})
