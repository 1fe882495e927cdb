import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCampaign } from './run-campaign.ts'
import type { SeedReport } from './run-seed.ts'
import { createTally } from './tally.ts'

const options = { nodes: 3, profile: 'swarm', without: [], budgetMs: 60_000, jobs: 0 } as const

describe('a campaign', () => {
  it('of some seeds finds nothing wrong with the node, and everything it must have met', async () => {
    const out = mkdtempSync(join(tmpdir(), 'touchstone-campaign-'))
    const seen: number[] = []
    const result = await runCampaign({ ...options, seeds: 24, seed: 500, out }, ({ seed }) => seen.push(seed))
    expect(result.failures).toEqual([])
    expect(result).toMatchObject({ outcome: 'pass', played: 24, passed: 24, missingMarks: [] })
    expect(seen).toEqual(Array.from({ length: 24 }, (_, index) => 500 + index))
    expect(readdirSync(out)).toEqual([])
  })

  it('that is over too soon is vacuous, and one without time has found nothing', async () => {
    const out = join(tmpdir(), 'touchstone-never-made')
    const short = await runCampaign({ ...options, seeds: 1, seed: 500, out })
    expect(short.outcome).toBe('vacuous')
    expect(short.reason).toMatch(/^never happened: /)
    const none = await runCampaign({ ...options, seeds: 5, seed: 500, budgetMs: 0, out })
    expect(none).toMatchObject({ outcome: 'unknown', played: 0 })
  })
})

describe('the tally', () => {
  const report = (seed: number, more: Partial<SeedReport>): SeedReport => ({
    seed,
    faults: [],
    acts: 1,
    outcome: 'pass',
    events: 10,
    blocks: 2,
    eventHash: '',
    virtualMs: 100,
    elapsedMs: 5,
    marks: [],
    ...more,
  })

  it('adds up, and gathers failures by what they are known by', () => {
    const tally = createTally('swarm')
    tally.add(report(1, { marks: ['reorg', 'conflict', 'eclipse'] }))
    tally.add(report(2, { marks: ['reorg'], outcome: 'fail', signature: 'digest' }))
    tally.add(report(3, { outcome: 'fail', signature: 'digest' }))
    tally.add(report(4, { outcome: 'unknown' }))
    const summary = tally.summary()
    expect(summary).toMatchObject({ played: 4, passed: 1, failed: 2, unknown: 1, events: 40, blocks: 8 })
    expect(summary.missingFaults).toContain('disk-flip')
    expect(summary.missingFaults).not.toContain('eclipse')
    expect(summary.marks).toEqual({ conflict: 1, eclipse: 1, reorg: 2 })
    expect(summary.missingMarks).toContain('lock-height-open')
    expect(summary.missingMarks).not.toContain('reorg')
    expect([...tally.failing()].map(([signature, { length }]) => [signature, length])).toEqual([
      ['digest', 2],
    ])
  })
})
