import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
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
    ['talks nonsense', `{ ${HELLO}, deliver: 'what?' }`, 'this is no answer of touchstone-stdio/1: what?'],
    [
      'answers another request',
      `{ ${HELLO}, deliver: { verdict: { outcome: 'stored' }, id: 99 } }`,
      'expected an answer to request 3, got one to 99',
    ],
    ['gives no answer', `{ ${HELLO}, deliver: 'silence' }`, 'no answer within 0.5 s'],
    ['tells an error', `{ ${HELLO}, deliver: { error: 'out of paper' } }`, 'out of paper'],
    ['gives another kind of answer', `{ ${HELLO}, deliver: { done: true } }`, 'expected a verdict'],
  ])('that %s is told apart from one that is wrong', (name, answers, message) => {
    // Only silence is waited out; a program that answers may take its time to start on a busy machine.
    const waitMs = name === 'gives no answer' ? 500 : 30_000
    const engine = openStdioEngine(handler(name.replaceAll(' ', '-'), answers), waitMs)
    const session = engine.openChain('regtest')
    const thrown = thrownBy(() => session.deliverBlock(Uint8Array.of(1), 5))
    expect(thrown).toBeInstanceOf(TargetError)
    expect(thrown.message).toContain(message)
    engine.close()
  })

  it('that is no program cannot be opened', () => {
    expect(() => openStdioEngine('exit 7')).toThrow('exit 7: it ended with exit code 7')
  })
})
