import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openResults, type ResultsHead } from './results.ts'
import { type CampaignOptions, runCampaign } from './run-campaign.ts'
import type { SeedReport } from './run-seed.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-results-'))
const HEAD: ResultsHead = {
  format: 'touchstone-campaign/1',
  nodes: 3,
  profile: 'lite',
  without: [],
  tours: 0,
}
const CAMPAIGN: CampaignOptions = {
  ...{ seed: 500, seeds: 4, nodes: 3, profile: 'lite', without: [], budgetMs: 300_000, jobs: 0 },
  out: folder,
}

test('a campaign goes on where it was killed, and comes to the same', { timeout: 300_000 }, async () => {
  const results = join(folder, 'killed.jsonl')
  await runCampaign({ ...CAMPAIGN, seeds: 2, results })
  appendFileSync(results, '{"seed":502,"outco')
  const resumed = await runCampaign({ ...CAMPAIGN, results })
  const whole = await runCampaign(CAMPAIGN)
  const sums = ({ played, passed, events, blocks, marks }: typeof whole) => ({
    played,
    passed,
    events,
    blocks,
    marks,
  })
  expect(sums(resumed)).toEqual(sums(whole))
  const lines = readFileSync(results, 'utf8').trimEnd().split('\n').slice(1)
  expect(lines.map((line) => (JSON.parse(line) as SeedReport).seed)).toEqual([500, 501, 502, 503])
})

test('a seed that is there is not played again', { timeout: 300_000 }, async () => {
  const results = join(folder, 'played.jsonl')
  const played = {
    seed: 500,
    outcome: 'pass',
    events: 7,
    blocks: 0,
    virtualMs: 0,
    elapsedMs: 0,
    marks: [],
    faults: [],
  }
  writeFileSync(results, `${JSON.stringify(HEAD)}\n${JSON.stringify(played)}\n`)
  expect(await runCampaign({ ...CAMPAIGN, seeds: 1, results })).toMatchObject({ played: 1, events: 7 })
})

test.each([
  [
    'results of another kind of campaign',
    `${JSON.stringify({ ...HEAD, nodes: 4 })}\n`,
    /expected results of this campaign/,
  ],
  ['a file of something else', 'hello\n', /expected results of this campaign/],
  ['a line of something else', `${JSON.stringify(HEAD)}\n{"a":1}\n`, /line 2: expected the result of a seed/],
])('%s: an error that names the file', (_, text, message) => {
  const file = join(folder, 'other.jsonl')
  writeFileSync(file, text)
  expect(() => openResults(file, HEAD)).toThrow(message)
  expect(() => openResults(file, HEAD)).toThrow(file)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
