import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runFromNdjson, runToNdjson } from '../../../reports/index.ts'
import { chainLookup } from '../../adapters/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { openPlayer } from '../target.ts'

it('reads every kind of record that the simulator writes', () => {
  const folders = ['crash', 'partition'].map((folder) => join(SCENARIOS_FOLDER, folder))
  const { play } = openPlayer('builtin')
  const runs = readCorpus(folders, chainLookup).map((entry) => play(entry).records)
  for (const run of runs) expect(runFromNdjson(runToNdjson(run))).toEqual(JSON.parse(JSON.stringify(run)))
  expect([...new Set(runs.flat().map(({ type }) => type))].sort()).toEqual([
    'block',
    'end',
    'expectation',
    'message',
    'node',
    'partition',
    'run',
    'step',
    'tip',
    'transaction',
    'verdict',
  ])
})
