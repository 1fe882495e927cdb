import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT_FOLDER } from '../folders.ts'
import { runProgram } from '../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-health-'))
afterAll(() => rmSync(folder, { recursive: true }))

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

async function health(...argv: string[]) {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const exitCode = await runProgram(['conform', 'health', ...argv], { stdout, stderr })
  return { exitCode, stdout: stdout.text, stderr: stderr.text }
}

/** A handler with these capabilities that gives every request the answer of `answer`. */
function handler(name: string, capabilities: readonly string[], answer: string): string {
  const path = join(folder, name)
  const lines = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, op } = JSON.parse(line)
  const given = op === 'hello' ? { name: '${name}', capabilities: ${JSON.stringify(capabilities)} }
    : op === 'bye' ? { done: true } : ${answer}
  console.log(JSON.stringify({ id, ...given }))
  if (op === 'bye') process.exit(0)
})`
  writeFileSync(path, lines)
  return `stdio:node ${path}`
}

describe('conform health', () => {
  it('says what the node can do and tries one story of each kind', async () => {
    const { exitCode, stdout } = await health('--node', 'builtin')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}can .*mempool/m)
    expect(stdout.match(/^ {3}ok {2}/gm)).toHaveLength(8)
  })

  it('tries a partial node', async () => {
    const path = join(ROOT_FOLDER, 'harness/conformance/examples/headers.py')
    const { exitCode, stdout } = await health('--node', `stdio:python3 ${path}`)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('   ok  headers: byzantine/headers-only')
    expect(stdout).toContain(' part  scripts: ')
  })

  it('says that a node which accepts everything is wrong', async () => {
    const lies =
      "op === 'deliver' ? { verdict: { outcome: 'connected' } } : op === 'query' ? { value: { hash: '00'.repeat(32), height: 1, chainWork: '4' } } : { done: true }"
    const { exitCode, stdout } = await health('--node', handler('liar.cjs', ['blocks', 'scripts'], lies))
    expect(exitCode).toBe(1)
    expect(stdout).toContain('FAIL  blocks: limits/one-coinbase')
    expect(stdout).toContain('something is wrong with the node')
  })

  it('judges nothing where everything is left unanswered', async () => {
    const silent = handler('silent.cjs', ['blocks'], "{ abstain: 'not yet' }")
    const { exitCode, stdout } = await health('--node', silent)
    expect(exitCode).toBe(3)
    expect(stdout).toContain('nothing could be judged')
  })

  it('asks a library some questions of each kind', async () => {
    const refuses = handler('refuses.cjs', ['checkTransaction', 'verifyScript'], "{ value: 'no' }")
    const { exitCode, stdout } = await health('--node', refuses)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(' FAIL  checkTransaction')
    expect(stdout).toMatch(/^ FAIL {2}verifyScript.*\n.*expected OK/m)
  })

  it('wants a node', async () => {
    expect(await health()).toMatchObject({
      exitCode: 2,
      stderr: "touchstone: required option '--node <target>' not specified\n",
    })
  })
})
