import { createHmac } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { TestDaemon, until } from './testing.ts'

const MINUTE = 60_000
const ADDRESS = 'mjTkW3DjgyZck4KbiRusZsqTgaYTxdSz6z'
const daemons: TestDaemon[] = []

async function create(): Promise<TestDaemon> {
  const daemon = await TestDaemon.create()
  daemons.push(daemon)
  return daemon
}

afterEach(() => {
  for (const daemon of daemons.splice(0)) daemon.remove()
})

test('it mines over RPC, ends with 0 and a silent stderr, and keeps its chain over stop and kill', {
  timeout: 2 * MINUTE,
}, async () => {
  const daemon = await create()
  await daemon.start()
  const mined = await daemon.call<string[]>('generatetoaddress', 5, ADDRESS)
  expect(await daemon.call('getbestblockhash')).toBe(mined[4])
  expect(await daemon.stop()).toBe(0)
  expect(daemon.stderr).toBe('')
  expect(fs.existsSync(path.join(daemon.directory, 'regtest/.cookie'))).toBe(false)
  await daemon.start()
  expect(await daemon.call('getbestblockhash')).toBe(mined[4])
  await daemon.kill()
  await daemon.start()
  expect(await daemon.call('getblockcount')).toBe(5)
  expect(await daemon.stop()).toBe(0)
})

test('nobody gets in without credentials, and a whitelist holds', { timeout: MINUTE }, async () => {
  const daemon = await create()
  const salt = 'f7efda5c189b999524f151318c0c86'
  const digest = createHmac('sha256', salt).update('secret').digest('hex')
  await daemon.start(
    `-rpcauth=rt:${salt}$${digest}`,
    '-rpcwhitelist=rt:getblockcount',
    '-rpcwhitelistdefault=0',
  )
  const body = JSON.stringify({ id: 1, method: 'getblockcount', params: [] })
  expect(fs.statSync(path.join(daemon.directory, 'regtest/.cookie')).mode & 0o777).toBe(0o600)
  expect((await daemon.post(body)).status).toBe(200)
  expect((await daemon.post(body, `${daemon.cookie}x`)).status).toBe(401)
  expect((await daemon.post(body, '__cookie__:')).status).toBe(401)
  expect((await fetch(`http://127.0.0.1:${daemon.rpcPort}/`, { method: 'POST', body })).status).toBe(401)
  expect((await daemon.post(body, 'rt:secret')).status).toBe(200)
  expect((await daemon.post(body, 'rt:wrong')).status).toBe(401)
  const other = JSON.stringify({ id: 1, method: 'getpeerinfo', params: [] })
  expect((await daemon.post(other, 'rt:secret')).status).toBe(403)
  expect((await daemon.post(other)).status).toBe(200)
  const get = await fetch(`http://127.0.0.1:${daemon.rpcPort}/`)
  expect(get.status).toBe(405)
  await daemon.stop()
})

test('arguments go by position, by name, mixed and in batches; errors have bitcoind’s codes', {
  timeout: MINUTE,
}, async () => {
  const daemon = await create()
  await daemon.start()
  const genesis = await daemon.call('getblockhash', 0)
  expect(await daemon.request('getblockheader', { blockhash: genesis, verbose: true })).toMatchObject({
    height: 0,
  })
  expect(await daemon.request('getblockheader', { args: [genesis], verbose: false })).toHaveLength(160)
  const refused = async (method: string, params: unknown) =>
    daemon.request(method, params).then(
      () => 'no error',
      (error: { code: number }) => error.code,
    )
  expect(await refused('getblockhash', [1])).toBe(-8)
  expect(await refused('getblockhash', ['1'])).toBe(-3)
  expect(await refused('getblockhash', [])).toBe(-1)
  expect(await refused('getblockhash', { heigth: 0 })).toBe(-8)
  expect(await refused('getblockheader', { args: [genesis], blockhash: genesis })).toBe(-8)
  expect(await refused('getblock', ['00'])).toBe(-8)
  expect(await refused('getblock', ['00'.repeat(32)])).toBe(-5)
  expect(await refused('nosuchmethod', [])).toBe(-32601)
  const batch = await daemon.post(
    JSON.stringify([
      { jsonrpc: '2.0', id: 'a', method: 'getblockcount' },
      { jsonrpc: '2.0', method: 'getblockcount' },
      7,
      { id: 'b', method: 'nosuchmethod' },
    ]),
  )
  expect(await batch.json()).toEqual([
    { jsonrpc: '2.0', result: 0, id: 'a' },
    { result: null, error: { code: -32600, message: 'Invalid Request object' }, id: null },
    { result: null, error: { code: -32601, message: 'Method not found' }, id: 'b' },
  ])
  expect((await daemon.post('{')).status).toBe(500)
  expect((await daemon.post('{"id":1,"method":"nosuchmethod"}')).status).toBe(404)
  expect((await daemon.post('{"jsonrpc":"2.0","method":"getblockcount"}')).status).toBe(204)
  const block = await (
    await daemon.post(JSON.stringify({ id: 1, method: 'getblock', params: [genesis, 2] }))
  ).text()
  expect(block).toContain('"value":50.00000000')
  await daemon.stop()
})

test('two daemons on loopback share blocks and unconfirmed transactions', {
  timeout: 2 * MINUTE,
}, async () => {
  const [a, b] = [await create(), await create()]
  await Promise.all([a.start(), b.start()])
  await a.call('generatetodescriptor', 101, 'raw(51)')
  await b.call('addnode', `127.0.0.1:${a.port}`, 'onetry')
  await until(async () => (await b.call('getblockcount')) === 101, 'blocks')
  const [peer] = await b.call<unknown[]>('getpeerinfo')
  expect(peer).toMatchObject({ inbound: false, addr: `127.0.0.1:${a.port}`, connection_type: 'manual' })
  expect(await a.call('gettxoutsetinfo', 'muhash')).toMatchObject({
    height: 101,
    txouts: 101,
    muhash: (await b.call<{ muhash: string }>('gettxoutsetinfo', 'muhash')).muhash,
  })
  await b.call('generatetodescriptor', 1, 'raw(51)')
  await until(async () => (await a.call('getblockcount')) === 102, 'a block announced by the other')
  expect([await a.stop(), await b.stop()]).toEqual([0, 0])
  expect(a.stderr + b.stderr).toBe('')
})

test('what cannot be is one line on stderr and exit code 1', { timeout: MINUTE }, async () => {
  const daemon = await create()
  expect(await daemon.run('-nosuchoption')).toBe(1)
  expect(daemon.stderr).toBe('Error: Error parsing command line arguments: Invalid parameter -nosuchoption\n')
  daemon.stderr = ''
  expect(await daemon.run('-par=many')).toBe(1)
  expect(daemon.stderr).toBe("Error: -par: expected a whole number, not 'many'\n")
  daemon.stderr = ''
  expect(await daemon.run('-rpcservertimeout=soon')).toBe(1)
  expect(daemon.stderr).toBe("Error: -rpcservertimeout: expected a whole number, not 'soon'\n")
})

test('a port that is taken ends the start with one line, after which the data can be opened again', {
  timeout: MINUTE,
}, async () => {
  const [first, second] = [await create(), await create()]
  await first.start()
  expect(await second.run(`-rpcport=${first.rpcPort}`)).toBe(1)
  expect(second.stderr).toMatch(/^Error: listen EADDRINUSE: [^\n]+\n$/)
  second.stderr = ''
  await second.start()
  expect(await second.call('getblockcount')).toBe(0)
  expect([await first.stop(), await second.stop()]).toEqual([0, 0])
})
