import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { chainLookup, createNodeFactory } from '../../adapters/index.ts'
import { buildBundle, type Mutant } from '../../conformance/index.ts'
import { compileScenario, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import { simulate } from '../run/simulate.ts'
import { createLog } from './run-log.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** A node is shut down in order while it has a block that is on no active chain. */
const STOPPED: ScenarioSource = {
  format: 'touchstone-scenario/1',
  title: 'A block of a side branch outlives an orderly shutdown',
  story: 'The node has a block that it does not follow, is stopped and started again.',
  sources: ['a test of trace validation'],
  blocks: {
    b1: { extends: 'genesis' },
    b2: { extends: 'b1' },
    side: { extends: 'genesis' },
  },
  steps: [
    { do: 'send', items: ['b1', 'b2', 'side'] },
    { do: 'stop', node: 'node' },
    { do: 'restart', node: 'node' },
    { do: 'expect', tip: 'b2' },
  ],
}

const stored = (id: string) => readFileSync(join(ROOT, 'scenarios', `${id}.json`), 'utf8')

/** Bugs that no verdict shows: what is planted, where it comes to light, and the conjunct that is false there. */
const PLANTED: readonly (readonly [mutant: Mutant, scenario: string, conjunct: string])[] = [
  [
    {
      id: 'order',
      bug: 'Of two branches of equal work the last seen wins.',
      source: 'Core CBlockIndexWorkComparator, nSequenceId',
      file: 'impl/chainstate/candidates.ts',
      find: 'return b.sequence - a.sequence',
      replace: 'return a.sequence - b.sequence',
    },
    stored('reorg/tie-first-seen'),
    'Learn: firstOfEqualsStays is false after ',
  ],
  [
    {
      id: 'memory',
      bug: 'Blocks that waited for their parent are linked and never tried.',
      source: 'Core ReceivedBlockTransactions, m_blocks_unlinked',
      file: 'impl/chainstate/acceptance.ts',
      find: 'of this.#tree.link(node)) this',
      replace: 'of this.#tree.link(node).slice(0, 1)) this',
    },
    stored('regressions/tie-of-waiting-siblings'),
    'Learn: tipHasMostWork is false after ',
  ],
  [
    {
      id: 'forgotten',
      bug: 'Of blocks that were never connected the data is forgotten when the node starts.',
      source: 'Core LoadBlockIndex',
      file: 'impl/chainstate/block-tree.ts',
      find: 'node.data = entry.data',
      replace: 'node.data = entry.undo === undefined ? undefined : entry.data',
    },
    JSON.stringify(STOPPED),
    'Restart: forgetsNothing is false after ',
  ],
]

describe('trace validation names the conjunct that is false', () => {
  mkdirSync(join(ROOT, 'node_modules/.cache/touchstone'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache/touchstone/run-model-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const replay = async (cli: string, path: string) => {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'replay', path]).catch(
      (failed: { readonly stdout: string }) => failed,
    )
    return stdout
  }

  it.each(PLANTED.map(([mutant, scenario, conjunct]) => ({ ...mutant, mutant, scenario, conjunct })))(
    '$id: $bug',
    { timeout: 60_000 },
    async ({ mutant, scenario, conjunct }) => {
      const path = join(folder, `${mutant.id}.json`)
      writeFileSync(path, scenario)
      const { cli, remove } = await buildBundle(ROOT, folder, mutant)
      expect(await replay(cli, path)).toContain(conjunct)
      remove()
    },
  )
  it('and none is false of the node as it is', { timeout: 60_000 }, async () => {
    const { cli } = await buildBundle(ROOT, folder)
    for (const [{ id }] of PLANTED)
      expect(await replay(cli, join(folder, `${id}.json`))).toContain('1 passed')
  })
})

/** Stories of campaigns in which the node was right. */
describe('trace validation raises no false alarm', () => {
  const run = (found: Pick<ScenarioSource, 'nodes' | 'network' | 'transactions' | 'blocks' | 'steps'>) => {
    const about = { title: 'No alarm', story: 'Found by a campaign.', sources: ['a campaign'] }
    const story = parseScenario({ format: 'touchstone-scenario/1', ...about, ...found })
    return simulate(compileScenario(story, chainLookup), createNodeFactory())
  }
  const branch = (names: readonly string[]) =>
    Object.fromEntries(names.map((name, index) => [name, { extends: names[index - 1] ?? 'genesis' }]))
  const send = (item: string, to: string) => ({ do: 'send' as const, items: [item], to: [to] })

  it('when a node that crashed fails to start, since its disk is full', () => {
    const { reason, marks } = run({
      nodes: { n1: { peers: ['n2'] }, n2: { peers: ['n3'] }, n3: {} },
      network: { latencyMs: 0, faults: [{ from: 'n3', to: 'n2', message: 15, kind: 'drop' }] },
      blocks: { ...branch(['b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7']), side: { extends: 'b5' } },
      steps: [
        ...['b1', 'b2', 'b3', 'b4', 'b5'].map((name) => send(name, 'n1')),
        ...['side', 'b6', 'b7'].map((name) => send(name, 'n2')),
        { do: 'crash', node: 'n3', survives: 128 },
        { do: 'disk', node: 'n3', fault: 'full' },
        { do: 'restart', node: 'n3' },
      ],
    })
    expect(reason).toBeUndefined()
    expect(marks).toContain('disk-full')
  })

  it('when a node passes a block on before it has judged it itself', () => {
    const { reason, marks } = run({
      nodes: { n1: { peers: ['n2'] }, n2: { peers: ['n3'] }, n3: { peers: ['n4'] }, n4: { peers: ['n1'] } },
      blocks: branch(['b1', 'b2']),
      steps: [
        send('b1', 'n1'),
        { do: 'stop', node: 'n3', at: 1000 },
        { do: 'restart', node: 'n3' },
        { do: 'disk', node: 'n1', fault: 'slow', argument: 300 },
        { ...send('b2', 'n2'), at: 4000 },
        { do: 'heal', at: 5000 },
      ],
    })
    expect(reason).toBeUndefined()
    expect(marks).toContain('waited-for-disk')
  })

  it('when a node passes a block on that it then refuses', () => {
    const { reason, marks } = run({
      nodes: { n1: { peers: ['n2', 'n4'] }, n2: { peers: ['n4'] }, n4: {} },
      transactions: {
        t2: {
          inputs: [{ spends: { txid: '63'.padStart(64, 'a'), index: 0 } }],
          outputs: [{ to: 'anyone', value: 0 }],
        },
      },
      blocks: {
        b5: { extends: 'genesis' },
        b11: { extends: 'b5', time: 1600093601 },
        b12: { extends: 'b11', transactions: ['t2'], time: 'mtp+1' },
        b14: { extends: 'b11', time: 'mtp+1' },
      },
      steps: [
        send('b5', 'n1'),
        { ...send('b11', 'n4'), at: 2150 },
        { ...send('b12', 'n4'), via: 'peer', at: 2353 },
        send('b14', 'n4'),
        { do: 'heal', at: 2503 },
      ],
    })
    expect(reason).toBeUndefined()
    expect(marks).toContain('block-invalid')
  })

  it('when a stored block turns out invalid while nobody asks, and is remembered so', () => {
    const { reason, marks } = run({
      nodes: { n1: {} },
      network: { latencyMs: 0 },
      transactions: {
        early: { inputs: [{ spends: 'b3:0' }], outputs: [{ to: 'anyone', value: 4999990000 }] },
      },
      blocks: {
        ...branch(['b3', 'b5']),
        b7: { extends: 'b3', transactions: ['early'] },
        b8: { extends: 'b7' },
      },
      steps: [
        ...['b3', 'b5', 'b7', 'b8'].map((name) => send(name, 'n1')),
        { do: 'stop', node: 'n1' },
        { do: 'restart', node: 'n1' },
      ],
    })
    expect(reason).toBeUndefined()
    expect(marks).toContain('invalid-ancestor')
  })
})

describe('a log', () => {
  const opened = () => {
    const log = createLog(['n1', 'n2'])
    log.happen({ action: 'Make', choice: { parent: 0, work: 2 } })
    log.happen({ action: 'Make', choice: { parent: 1, work: 3 } })
    return log
  }
  const learn = (node: string, blocks: readonly number[], tip: number, from = 'nobody') =>
    ({ action: 'Learn', choice: { node, blocks, from, tip } }) as const

  it('goes on as long as the model explains it', () => {
    const log = opened()
    expect(log.happen(learn('n1', [1, 2], 2))).toBeUndefined()
    expect(log.happen(learn('n2', [1], 1, 'n1'))).toBeUndefined()
    expect([log.explained, log.tip('n1'), log.known('n2')]).toEqual([4, 2, [1]])
  })
  it.each([
    [learn('n1', [3], 0), 'blocksAreMade'],
    [learn('n1', [2], 2), 'tipIsWhole'],
    [learn('n1', [1], 0), 'tipHasMostWork'],
    [learn('n1', [1], 1, 'n2'), 'senderHadThem'],
    [learn('n1', [], 1), 'tipIsKnown'],
    [{ action: 'Restart', choice: { node: 'n1', kept: [], tip: 0 } } as const, 'isDown'],
  ])('and stops where it does not: %j', (event, conjunct) => {
    const log = opened()
    expect([log.happen(event), log.explained]).toEqual([conjunct, 2])
  })
  it('knows that a valid block is refused by nobody', () => {
    const log = opened()
    log.happen(learn('n1', [1], 1))
    expect(log.happen({ action: 'Refuse', choice: { node: 'n2', block: 1 } })).toBe('nobodyFollowsIt')
  })
})
