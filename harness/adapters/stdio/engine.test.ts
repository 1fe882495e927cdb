import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Abstention, TargetError } from '../abstention.ts'
import { facetOf } from '../facet.ts'
import { openStdioEngine } from './engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-stdio-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A handler whose answers are the object literals of `answers`, by request. */
function handler(name: string, answers: string): string {
  const file = join(folder, `${name}.cjs`)
  writeFileSync(
    file,
    `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const ask = JSON.parse(line)
      const answer = (${answers})[ask.op]
      if (answer === undefined) process.exit(3)
      if (answer !== 'silence') console.log(typeof answer === 'string' ? answer : JSON.stringify({ id: ask.id, ...answer }))
    })`,
  )
  return `"${process.execPath}" "${file}"`
}

function thrownBy(call: () => unknown): Error {
  try {
    call()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const HELLO = `hello: { name: 'toy', capabilities: ['blocks'] }, reset: { done: true }`

describe('a foreign node over stdio', () => {
  it('is an engine like any other', () => {
    const engine = openStdioEngine(
      handler(
        'good',
        `{ ${HELLO}, deliver: { verdict: { outcome: 'stored' } }, query: { value: '7' }, bye: { done: true } }`,
      ),
    )
    const session = engine.openChain('regtest')
    expect(engine.name).toBe('toy')
    expect([...engine.capabilities]).toEqual(['blocks'])
    expect(session.deliverBlock(Uint8Array.of(1), 5)).toEqual({ outcome: 'stored' })
    expect(session.balanceOf(Uint8Array.of(0x51))).toBe(7n)
    expect(engine.isAlive()).toBe(true)
    engine.close()
  })

  it('may abstain', () => {
    const engine = openStdioEngine(handler('shy', `{ ${HELLO}, deliver: { abstain: 'headers only' } }`))
    const session = engine.openChain('regtest')
    expect(() => session.deliverBlock(Uint8Array.of(1), 5)).toThrow(new Abstention('headers only'))
    expect(() => facetOf(engine, 'scripts')).toThrow(Abstention)
    engine.close()
  })

  it.each([
    ['ends', `{ ${HELLO} }`, 'it ended with exit code 3'],
    [
      'talks nonsense',
      `{ ${HELLO}, deliver: 'what?' }`,
      'its answer to deliver block: expected one JSON object in a line, got what?',
    ],
    [
      'answers another request',
      `{ ${HELLO}, deliver: { verdict: { outcome: 'stored' }, id: 99 } }`,
      'its answer to deliver block: id: expected 3, got 99',
    ],
    ['gives no answer', `{ ${HELLO}, deliver: 'silence' }`, 'no answer within 4 s'],
    ['reports an error', `{ ${HELLO}, deliver: { error: 'out of paper' } }`, 'out of paper'],
    [
      'gives another kind of answer',
      `{ ${HELLO}, deliver: { done: true } }`,
      'its answer to deliver block: verdict: Invalid input',
    ],
    [
      'has no such outcome',
      `{ ${HELLO}, deliver: { verdict: { outcome: 'okay' } } }`,
      'verdict.outcome: expected one of connected, stored, accepted, duplicate, invalid-ancestor, unknown, rejected, got "okay"',
    ],
    [
      'has no such class',
      `{ ${HELLO}, deliver: { verdict: { outcome: 'rejected', class: 'odd', reason: 'x' } } }`,
      'verdict.class: expected one of invalid, mutated, premature, missing, got "odd"',
    ],
    [
      'adds a field',
      `{ ${HELLO}, deliver: { verdict: { outcome: 'stored' }, note: 1 } }`,
      'its answer to deliver block: answer: unknown field note',
    ],
    [
      'gives a key twice',
      `{ ${HELLO}, deliver: '{"id":3,"id":3,"verdict":{"outcome":"stored"}}' }`,
      'expected one JSON object in a line',
    ],
    [
      'sends controls',
      `{ ${HELLO}, deliver: { error: 'a\\u001b[2Jb\\r\\n ok' } }`,
      'a\\u001b[2Jb\\u000d\\u000a ok',
    ],
  ])('that %s is distinguished from one that is wrong', (name, answers, message) => {
    // Only silence is waited out; a program that answers may take its time to start on a busy machine.
    const waitMs = name === 'gives no answer' ? 4000 : 30_000
    const engine = openStdioEngine(handler(name.replaceAll(' ', '-'), answers), waitMs)
    const session = engine.openChain('regtest')
    const thrown = thrownBy(() => session.deliverBlock(Uint8Array.of(1), 5))
    expect(thrown).toBeInstanceOf(TargetError)
    expect(thrown.message).toContain(message)
    expect(engine.isAlive()).toBe(false)
    expect(() => session.tip()).toThrow('it failed before')
    engine.close()
  })

  it('may answer no question with the value of another', () => {
    const engine = openStdioEngine(handler('mixed', `{ ${HELLO}, query: { value: 0 } }`))
    const session = engine.openChain('regtest')
    expect(session.coinCount()).toBe(0)
    expect(() => session.mempool()).toThrow(
      'its answer to query mempool: value: Invalid input: expected array',
    )
    engine.close()
  })

  it('that speaks unasked is found out', async () => {
    const file = join(folder, 'talker.cjs')
    writeFileSync(
      file,
      `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const { id, op } = JSON.parse(line)
        console.log(JSON.stringify(op === 'hello' ? { id, name: 'talker', capabilities: [] } : { id, done: true }))
        console.log('[debug] handled one')
      })`,
    )
    const engine = openStdioEngine(`"${process.execPath}" "${file}"`)
    expect(() => engine.openChain('regtest')).toThrow(/\[debug\] handled one/)
    engine.close()
  })

  it('writes no line without end', () => {
    expect(() => openStdioEngine('cat /dev/zero')).toThrow('it wrote a line without end')
  })

  it.each([
    ['is sent a goodbye', 'bye', `echo "$line" > "$0.said"; exit 0`],
    ['is ended when it stays', 'stays', 'sleep 60 & echo $! > "$0.pid"; sleep 60'],
  ])('%s when it is closed', async (_, name, leaving) => {
    const file = join(folder, `${name}.sh`)
    writeFileSync(
      file,
      `read line; echo '{"id":1,"name":"sh","capabilities":[]}'; echo $$ > "$0.self"; read line; ${leaving}`,
    )
    const engine = openStdioEngine(`exec sh "${file}"`)
    engine.close()
    if (name === 'bye') expect(readFileSync(`${file}.said`, 'utf8')).toBe('{"id":2,"op":"bye"}\n')
    const pids = [`${file}.self`, `${file}.pid`]
      .filter(existsSync)
      .map((path) => Number(readFileSync(path, 'utf8')))
    expect(pids.length).toBe(name === 'bye' ? 1 : 2)
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 20_000, interval: 50 })
  })

  it('that is no program cannot be opened', () => {
    expect(() => openStdioEngine('exit 7')).toThrow('exit 7: it ended with exit code 7')
  })
})
