import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** The bundle that `npm run prepare` makes. */
const BUNDLE = path.resolve('dist/touchstoned.js')
const START_MS = 60_000
const POLL_MS = 50

/** A real daemon on loopback, with a directory of its own. */
export class TestDaemon {
  readonly directory: string
  readonly port: number
  readonly rpcPort: number
  stderr = ''
  #process: ChildProcess | undefined

  private constructor(directory: string, port: number, rpcPort: number) {
    this.directory = directory
    this.port = port
    this.rpcPort = rpcPort
  }

  static async create(): Promise<TestDaemon> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstoned-'))
    const [port, rpcPort] = [await freePort(), await freePort()]
    const lines = [
      'regtest=1',
      '[regtest]',
      `bind=127.0.0.1:${port}`,
      `rpcport=${rpcPort}`,
      'connect=0',
      'par=1',
    ]
    fs.writeFileSync(path.join(directory, 'bitcoin.conf'), `${lines.join('\n')}\n`)
    return new TestDaemon(directory, port, rpcPort)
  }

  /** Starts it and waits until RPC answers. */
  async start(...words: string[]): Promise<void> {
    this.#spawn(words)
    const end = Date.now() + START_MS
    for (;;) {
      if (this.#process?.exitCode !== null) throw new Error(`the daemon ended: ${this.stderr}`)
      try {
        await this.call('getblockcount')
        return
      } catch (error) {
        if (Date.now() > end) throw error
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    }
  }

  /** Runs it to its end; the exit code. */
  async run(...words: string[]): Promise<number | null> {
    this.#spawn(words)
    return this.exit()
  }

  /** The exit code, once it has ended; null after a signal. */
  async exit(): Promise<number | null> {
    const child = this.#process!
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    return child.exitCode
  }

  async stop(): Promise<number | null> {
    await this.call('stop')
    return this.exit()
  }

  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL')
    await this.exit()
  }

  remove(): void {
    this.#process?.kill('SIGKILL')
    fs.rmSync(this.directory, { recursive: true, force: true })
  }

  get cookie(): string {
    return fs.readFileSync(path.join(this.directory, 'regtest/.cookie'), 'utf8')
  }

  get log(): string {
    return fs.readFileSync(path.join(this.directory, 'regtest/debug.log'), 'utf8')
  }

  /** The result of a call; throws its error. */
  call<Result = unknown>(method: string, ...params: unknown[]): Promise<Result> {
    return this.request<Result>(method, params)
  }

  async request<Result = unknown>(method: string, params: unknown): Promise<Result> {
    const response = await this.post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    const { result, error } = (await response.json()) as {
      result: Result
      error?: { code: number; message: string }
    }
    if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code })
    return result
  }

  post(body: string, credentials = this.cookie, init: RequestInit = {}): Promise<Response> {
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    return fetch(`http://127.0.0.1:${this.rpcPort}/`, { method: 'POST', body, headers, ...init })
  }

  #spawn(words: readonly string[]): void {
    const child = spawn(process.execPath, [BUNDLE, `-datadir=${this.directory}`, ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.on('data', (data) => {
      this.stderr += data
    })
    this.#process = child
  }
}

/** A port that nobody listens on; another program may take it, which is unlikely on loopback. */
async function freePort(): Promise<number> {
  const server = net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  return port
}

/** Waits until a condition holds; throws after half a minute. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + START_MS / 2; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
