/** What every refactoring must keep: the hash of all events of 200 seeds and of the corpus, on whole nodes and on the specification. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { chainLookup, createEngine } from './adapters/index.ts'
import { playOnEngine } from './conformance/index.ts'
import { readCorpus } from './scenario/index.ts'
import { enginePlayer, type Player, runCampaign, simulatorPlayer } from './simulation/index.ts'

const SCENARIOS = fileURLToPath(new URL('../scenarios', import.meta.url))
const SEEDS = { seed: 1, seeds: 200, nodes: 4, profile: 'swarm', without: [], jobs: 0 } as const
const BUDGET_MS = 600_000

/** `npm run pin` writes the file again; the commit that does so says why events changed. */
const pinned = (hashes: Record<string, string>) => expect(`${JSON.stringify(hashes, null, 2)}\n`)

it('the events of 200 seeds are those that are pinned', { timeout: BUDGET_MS }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'touchstone-pin-'))
  const seeds = new Map<number, string>()
  await runCampaign({ ...SEEDS, budgetMs: BUDGET_MS, out }, ({ seed, outcome, events, eventHash }) =>
    seeds.set(seed, `${outcome}, ${events} events, ${eventHash}`),
  )
  rmSync(out, { recursive: true })
  expect(seeds.size).toBe(SEEDS.seeds)
  await pinned(Object.fromEntries(seeds)).toMatchFileSnapshot('./event-hashes/seeds.json')
})

const spec = createEngine('spec')
const PLAYERS: Readonly<Record<string, () => Player>> = {
  nodes: simulatorPlayer,
  specification: () => enginePlayer((entry) => playOnEngine(entry, spec, 'exact'), 'spec'),
}

it.each(Object.keys(PLAYERS))('the events of the corpus on %s are those that are pinned', async (name) => {
  const play = PLAYERS[name]!()
  const cases = readCorpus([SCENARIOS], chainLookup).map((entry) => {
    const { result, eventHash } = play(entry)
    return [entry.id, eventHash === undefined ? result.status : `${result.status}, ${eventHash}`] as const
  })
  expect(cases.length).toBeGreaterThan(100)
  await pinned(Object.fromEntries(cases)).toMatchFileSnapshot(`./event-hashes/corpus-on-${name}.json`)
})
