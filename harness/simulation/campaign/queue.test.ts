import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { workerUrl } from '../../adapters/index.ts'
import { type CampaignOptions, runCampaign } from './run-campaign.ts'
import type { SeedReport } from './run-seed.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/touchstone', import.meta.url))
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
const isBuilt = existsSync(workerUrl('campaign'))
const CAMPAIGN: CampaignOptions = {
  ...{ seed: 500, seeds: 12, nodes: 3, profile: 'lite', without: [], budgetMs: 600_000, jobs: 0 },
  out: mkdtempSync(join(tmpdir(), 'touchstone-queue-')),
}

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

test.skipIf(!hasRedis || !isBuilt)(
  'a worker is killed in the middle of a campaign: no seed is lost, none counts twice',
  { timeout: 600_000 },
  async () => {
    const queue = await startRedis()
    const [first] = [await startWorker(queue), await startWorker(queue)]
    const results = join(CAMPAIGN.out, 'results.jsonl')
    const queued: SeedReport[] = []
    await runCampaign({ ...CAMPAIGN, queue, results }, (report) => {
      if (queued.length === 1) first!.kill('SIGKILL')
      queued.push(report)
    })
    expect(first!.signalCode).toBe('SIGKILL')
    const alone: SeedReport[] = []
    await runCampaign(CAMPAIGN, (report) => alone.push(report))
    expect(queued.map(historyOf).sort()).toEqual(alone.map(historyOf))
    expect(readFileSync(results, 'utf8').split('\n').length).toBe(1 + CAMPAIGN.seeds + 1)
  },
)

test('nobody listens there', async () => {
  const queue = `redis://127.0.0.1:${await freePort()}`
  await expect(runCampaign({ ...CAMPAIGN, queue })).rejects.toThrow(
    `no Redis answers at ${queue.slice('redis://'.length)}`,
  )
})

const historyOf = ({ seed, outcome, eventHash }: SeedReport) => `${seed} ${outcome} ${eventHash}`

async function startRedis(): Promise<string> {
  const port = String(await freePort())
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  await started(spawn('redis-server', args), 'stdout', 'Ready to accept connections')
  return `redis://127.0.0.1:${port}`
}

function startWorker(queue: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [PROGRAM, 'worker', '--queue', queue, '--jobs', '1'])
  return started(worker, 'stderr', 'threads play')
}

/** Waits for a line of a program. */
async function started(
  child: ChildProcess,
  stream: 'stdout' | 'stderr',
  line: string,
): Promise<ChildProcess> {
  children.push(child)
  let text = ''
  for await (const chunk of child[stream]!) {
    text += chunk
    if (text.includes(line)) break
  }
  expect(text).toContain(line)
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
