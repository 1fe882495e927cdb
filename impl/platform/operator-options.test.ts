import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
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

test('commands run at the start, at each tip and before the end', { timeout: 2 * MINUTE }, async () => {
  const daemon = await create()
  const note = (name: string) => path.join(daemon.directory, name)
  const isThere = (name: string) => until(async () => fs.existsSync(note(name)), name)
  await daemon.start(
    `-startupnotify=echo > ${note('started')}`,
    `-blocknotify=echo > ${note('tip-%s')}`,
    `-shutdownnotify=echo > ${note('ended')}`,
  )
  await isThere('started')
  const [hash] = await daemon.call<string[]>('generatetoaddress', 1, ADDRESS)
  await isThere(`tip-${hash}`)
  expect(fs.existsSync(note('ended'))).toBe(false)
  await daemon.stop()
  await isThere('ended')
})

test('block files lie where -blocksdir says, and included files count', { timeout: 2 * MINUTE }, async () => {
  const daemon = await create()
  const blocks = path.join(daemon.directory, 'elsewhere')
  fs.appendFileSync(path.join(daemon.directory, 'bitcoin.conf'), 'uacomment=first\nincludeconf=more.conf\n')
  fs.writeFileSync(path.join(daemon.directory, 'more.conf'), 'uacomment=second\n')
  expect(await daemon.run(`-blocksdir=${blocks}`)).toBe(1)
  expect(daemon.stderr).toBe(`Error: Specified blocks directory "${blocks}" does not exist.\n`)
  fs.mkdirSync(blocks)
  await daemon.start(`-blocksdir=${blocks}`)
  await daemon.call('generatetoaddress', 1, ADDRESS)
  expect(fs.existsSync(path.join(blocks, 'regtest/blocks/blk00000.dat'))).toBe(true)
  const { subversion } = await daemon.call<{ subversion: string }>('getnetworkinfo')
  expect(subversion).toMatch(/\(first; second\)\/$/)
})

test.each([
  [['-debug=nothing'], 'Unsupported logging category -debug=nothing.'],
  [['-loglevel=loud'], 'Unsupported global logging level -loglevel=loud. Valid values: info, debug, trace.'],
  [['-port=65536', '-nobind'], "Invalid port specified in -port: '65536'"],
  [['-rpcauth=name'], 'Unable to start HTTP server. See debug log for details.'],
  [['-debuglogfile=no/such/folder.log'], /^Could not open debug log file \S+$/],
])('%j is refused in one line', { timeout: MINUTE }, async (words, expected) => {
  const daemon = await create()
  expect(await daemon.run(...words)).toBe(1)
  const [, line] = /^Error: (.*)\n$/.exec(daemon.stderr) ?? []
  if (typeof expected === 'string') expect(line).toBe(expected)
  else expect(line).toMatch(expected)
})

test('a tip of the future is refused, as the clock must be wrong', { timeout: 2 * MINUTE }, async () => {
  const daemon = await create()
  await daemon.start()
  await daemon.call('generatetoaddress', 1, ADDRESS)
  const { time } = await daemon.call<{ time: number }>(
    'getblockheader',
    await daemon.call('getbestblockhash'),
  )
  await daemon.stop()
  expect(await daemon.run(`-mocktime=${time - 7201}`)).toBe(1)
  expect(daemon.stderr).toContain('appears to be from the future')
  await daemon.start(`-mocktime=${time - 7200}`)
  expect(await daemon.call('getblockcount')).toBe(1)
})

test('calls under way are listed, and the uptime follows no mocked clock', { timeout: MINUTE }, async () => {
  const daemon = await create()
  await daemon.start()
  const waiting = daemon.call('waitfornewblock', 20_000)
  const active = async () =>
    (await daemon.call<{ active_commands: { method: string }[] }>('getrpcinfo')).active_commands.map(
      ({ method }) => method,
    )
  await until(async () => (await active()).length === 2, 'two calls')
  expect(await active()).toEqual(['waitfornewblock', 'getrpcinfo'])
  await daemon.call('setmocktime', Math.floor(Date.now() / 1000) + 20_000)
  expect(await daemon.call('uptime')).toBeLessThan(20_000)
  await daemon.call('generatetoaddress', 1, ADDRESS)
  await waiting
  expect(await active()).toEqual(['getrpcinfo'])
})

test('requests beyond those that may wait are refused', { timeout: MINUTE }, async () => {
  const daemon = await create()
  await daemon.start('-rpcthreads=1', '-rpcworkqueue=1')
  const body = JSON.stringify({ method: 'waitfornewblock', params: [1000] })
  const statuses = await Promise.all([1, 2, 3].map(async () => (await daemon.post(body)).status))
  expect(statuses.sort()).toEqual([200, 200, 503])
})

test('requests sent ahead on one connection are answered in turn', { timeout: MINUTE }, async () => {
  const daemon = await create()
  await daemon.start()
  const head = `POST / HTTP/1.1\r\nAuthorization: Basic ${Buffer.from(daemon.cookie).toString('base64')}\r\n`
  const request = (method: string, params: unknown[] = []) => {
    const body = JSON.stringify({ method, params })
    return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  }
  const socket = net.connect(daemon.rpcPort, '127.0.0.1').setEncoding('utf8')
  await once(socket, 'connect')
  let answers = ''
  socket.on('data', (text) => {
    answers += text
  })
  socket.write(request('waitforblockheight', [1]) + request('getblockcount'))
  await until(async () => (await daemon.call<object[]>('getblockchaininfo')) !== undefined, 'an answer')
  expect(answers).toBe('')
  await daemon.call('generatetoaddress', 1, ADDRESS)
  await until(async () => answers.split('"result":').length === 3, 'two answers')
  expect(answers.split('"result":')[2]).toMatch(/^1,/)
  socket.destroy()
})

test('a peer is pinged as soon as the operator asks for it, while the clock stands', {
  timeout: MINUTE,
}, async () => {
  const [one, other] = [await create(), await create()]
  await one.start()
  await other.start()
  await one.call('addnode', `127.0.0.1:${other.port}`, 'onetry')
  const received = async () => {
    const [peer] = await other.call<{ bytesrecv_per_msg: Record<string, number> }[]>('getpeerinfo')
    return peer?.bytesrecv_per_msg.ping ?? 0
  }
  await until(async () => (await received()) > 0, 'the first ping')
  const before = await received()
  await one.call('setmocktime', Math.floor(Date.now() / 1000))
  await one.call('ping')
  await until(async () => (await received()) > before, 'another ping')
})

test('members of options may be named beside the other arguments', { timeout: MINUTE }, async () => {
  const daemon = await create()
  await daemon.start()
  const outputs = [{ txid: 'ab'.repeat(32), vout: 0 }]
  const named = { args: [outputs], mempool_only: true }
  expect(await daemon.request('gettxspendingprevout', named)).toEqual(outputs)
  const twice = { outputs, options: { mempool_only: true }, mempool_only: true }
  await expect(daemon.request('gettxspendingprevout', twice)).rejects.toThrow('specified multiple times')
  expect(await daemon.request('echo', { arg2: null })).toEqual([null, null, null])
})
