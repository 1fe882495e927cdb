import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createBench } from './testing.ts'

const { folder, proposal } = createBench()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('touchstone proposal simulate', () => {
  it('plays what follows from the draft, and draws it', () => {
    const { status, stdout } = proposal(
      'simulate',
      'bip54',
      '--enforcing',
      '30,60',
      '--runs',
      '20',
      '--plot',
      'p.svg',
    )
    expect(status).toBe(0)
    expect(stdout).toContain('100.0 % of the blocks of others break it: it rejects an empty block of today')
    expect(readFileSync(join(folder, 'p.svg'), 'utf8')).toContain('bip54: does the chain split?')
    expect(proposal('simulate', 'bip119', '--runs', '20').stdout).toContain('0.1 % of the blocks of others')
  })
  it('plays every kind of deployment', () => {
    const { stdout } = proposal('simulate', 'bip347', '--kind', 'all', '--enforcing', '60', '--runs', '5')
    for (const kind of ['bip9', 'bip8', 'bip8-lock-in', 'buried', 'flag-day', 'expiring', 'heretical'])
      expect(stdout).toContain(`│ ${kind} `)
  })
  it('sets a split that happened beside its published figures', () => {
    const { status, stdout } = proposal('simulate', '--preset', 'bip110', '--runs', '300')
    expect(stdout).toContain('961,632')
    expect(stdout).not.toContain('DIFFERS')
    expect(status).toBe(0)
  })
  it.each([
    [['simulate'], 'expected a proposal, or --preset'],
    [['simulate', 'bip54', '--partition', '40'], 'Expected a share in percent and hours, 40:12.'],
    [['simulate', 'bip54', '--enforcing', '60', '--blind', '50'], 'are more than the whole'],
  ])('says what is wrong: %o', (args, message) => {
    const { status, stderr } = proposal(...args)
    expect([status, stderr.includes(message)]).toEqual([2, true])
  })
})
