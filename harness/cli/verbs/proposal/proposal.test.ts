import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createBench } from './testing.ts'

const { folder, proposal, file } = createBench()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FEW = ['--spends', '60', '--deliveries', '20']

/** A draft that gives NOP6 a meaning: fails or does nothing is a soft fork, pushing is none. */
const draft = (execute: string) => `
import { type Upgrade, fail } from 'touchstone/spec'

export const mine: Upgrade = {
  id: 'mine',
  text: 'The sixth NOP does something.',
  sources: ['a test'],
  deployment: { kind: 'never' },
  features: ['MINE'],
  examples: {
    accepts: [{ script: '51' }],
    rejects: [{ script: '51b5', error: 'MINE_FAILED' }],
    generator: () => ({ accepts: { script: '51' }, rejects: { script: '51b5', error: 'MINE_FAILED' } }),
  },
  extension: { opcodes: [{ slot: 'NOP6', name: 'OP_MINE', feature: 'MINE', execute: ${execute} }] },
}
`

describe('touchstone proposal', () => {
  it('lists the drafts with their places', () => {
    const { status, stdout } = proposal('list')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^bip347 .*\n +OP_SUCCESS126$/m)
  })
  it('takes a draft from a file of anybody, and finds no counterexample in a soft fork', () => {
    const path = file('soft.ts', draft("() => fail('MINE_FAILED')"))
    const { status, stdout, stderr } = proposal('check', path, ...FEW)
    expect([status, stderr.includes('touchstone:')]).toEqual([0, false])
    expect(stdout).toContain('in 60 others by chance')
    expect(stdout).toContain('NOP6')
  })
  it('shows the smallest spend that a hard fork in disguise allows', () => {
    const path = file('hard.ts', draft('({ stack }) => stack.push(Uint8Array.of(1))'))
    const { status, stdout } = proposal('check', path, ...FEW)
    expect(status).toBe(1)
    expect(stdout).toContain('hard fork      EVAL_FALSE today, valid with the draft: script b5,')
    expect(stdout).toContain('fault          an example says MINE_FAILED, the rules say OK')
  })
  it('writes a start that is a soft fork as it stands, and never over a file', () => {
    expect(proposal('new', 'op-mine').status).toBe(0)
    const { status, stdout } = proposal('check', 'op-mine.ts', ...FEW)
    expect(stdout).toContain('OP_SUCCESS254')
    expect(status).toBe(0)
    expect(proposal('new', 'op-mine')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('op-mine.ts: is there already'),
    })
  })
  it('shows old beside new', () => {
    expect(proposal('diff', 'bip54').stdout).toContain(
      '+ A transaction MUST NOT have exactly 64 bytes without its witness.',
    )
  })
  it.each([
    ['nothing of this name', ['check', 'bip9999'], 'bip9999: no such file'],
    [
      'a file without a proposal',
      ['diff', file('empty.ts', 'export const one = 1')],
      'expected an export with id',
    ],
    ['a file that cannot be read', ['diff', file('broken.ts', 'export const = ')], 'broken.ts: '],
  ])('says in one line what is wrong: %s', (_, args, message) => {
    const { status, stderr } = proposal(...args)
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)])
  })
})

describe('touchstone proposal fill', () => {
  it('writes each example with the draft in force and without, the same bytes every time', () => {
    const [first, second] = ['one', 'two'].map((name) => {
      expect(proposal('fill', 'bip347', '--out', name, '--draws', '3').status).toBe(0)
      return readFileSync(join(folder, name, 'bip347.json'), 'utf8')
    })
    expect(second).toBe(first)
    const { vectors } = JSON.parse(first!)
    const expected = (active: boolean) =>
      new Set(vectors.filter((vector: { active: boolean }) => vector.active === active).map(verdictOf))
    expect(expected(false)).toEqual(new Set(['valid']))
    expect(expected(true)).toEqual(new Set(['valid', 'INVALID_STACK_OPERATION', 'EVAL_FALSE', 'PUSH_SIZE']))
  })
  it('writes blocks around the activation, and rows in the format of Bitcoin Core', () => {
    const { stdout } = proposal('fill', 'bip433', '--out', 'whole', '--draws', '1')
    expect(stdout.trim().split('\n')).toEqual([
      '8 vectors in whole/bip433.json',
      '4 vectors in whole/bip433-tx_valid.json',
      '2 vectors in whole/bip433-tx_invalid.json',
      '18 vectors in whole/bip433-blocks.json',
    ])
  })
  it('makes no vector of what has a second fault', () => {
    const path = file(
      'no-outputs.ts',
      `import { about, defineRule, holds, spenderOf, type Transaction, type Upgrade } from 'touchstone/spec'
       const rule = defineRule<Transaction, any>({ id: 'paid', reason: 'paid', isOwnReason: true, must: 'Something is paid.', sources: ['a test'], check: ({ outputs }) => holds(outputs.length > 0, 'outputs', 0) })
       export const mine: Upgrade = { id: 'mine', text: 'Nothing.', sources: [], deployment: { kind: 'never' }, rules: [rule],
         examples: { accepts: [], rejects: [about(rule, { ...spenderOf({}), outputs: [] })], generator: () => ({ accepts: { script: '51' }, rejects: { script: '51', error: 'X' } }) } }`,
    )
    const { status, stdout } = proposal('fill', path, '--out', 'faulty', '--draws', '0')
    expect(stdout).toBe("rejects-1: left out: today's rules reject it already: bad-txns-vout-empty\n")
    expect(status).toBe(3)
  })
})

function verdictOf({ expected, reject_reason }: { expected: string; reject_reason: string | null }): string {
  return reject_reason ?? expected
}
