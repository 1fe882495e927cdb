import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { TestDaemon } from './testing.ts'

const MINUTE = 60_000
const ADDRESS = 'mjTkW3DjgyZck4KbiRusZsqTgaYTxdSz6z'
let daemon: TestDaemon

afterEach(() => daemon.remove())

async function get(place: string): Promise<[number, string]> {
  const response = await fetch(`http://127.0.0.1:${daemon.rpcPort}${place}`)
  return [response.status, await response.text()]
}

test('metrics and health are there where the operator opens them, and report what is', {
  timeout: MINUTE,
}, async () => {
  daemon = await TestDaemon.create()
  await daemon.start('-metrics', '-logjson=log.ndjson')
  expect(await get('/health/live')).toEqual([200, '{"live":true}\n'])
  expect(await get('/health/ready')).toEqual([503, '{"ready":false,"reason":"the chain is not caught up"}\n'])
  const [hash] = await daemon.call<string[]>('generatetoaddress', 1, ADDRESS)
  expect(await get('/health/ready')).toEqual([200, '{"ready":true}\n'])
  const [status, text] = await get('/metrics')
  expect(status).toBe(200)
  const values = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
  expect(values.get('touchstone_blocks')).toBe(1)
  expect(values.get('touchstone_coins')).toBe(1)
  expect(values.get('touchstone_connect_seconds_count')).toBe(1)
  expect(values.get('touchstone_peers{type="inbound"}')).toBe(0)
  expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  const dashboard = fs.readFileSync(path.join(import.meta.dirname, 'grafana-dashboard.json'), 'utf8')
  const watched = new Set(
    [...dashboard.matchAll(/\b(?:touchstone|nodejs|process)_\w+/g)].map(([name]) => name),
  )
  expect(watched.size).toBeGreaterThan(10)
  for (const name of watched)
    expect(text, name).toMatch(new RegExp(`^${name.replace(/_bucket$/, '')}(?:_bucket)?[{ ]`, 'm'))
  expect(await daemon.stop()).toBe(0)
  const lines = fs.readFileSync(path.join(daemon.directory, 'regtest/log.ndjson'), 'utf8').trim().split('\n')
  const events = lines.map((line) => JSON.parse(line) as { event: string; hash?: string; height?: number })
  expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['start', 'ready', 'tip', 'stop']))
  expect(events.find(({ event }) => event === 'tip')).toMatchObject({ hash, height: 1 })
})

test('without the option nothing of it is there', { timeout: MINUTE }, async () => {
  daemon = await TestDaemon.create()
  await daemon.start()
  for (const place of ['/metrics', '/health/live', '/health/ready', '/rest/chaininfo.json'])
    expect((await get(place))[0], place).toBe(404)
})
