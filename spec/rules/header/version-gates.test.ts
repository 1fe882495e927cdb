import { describe, expect, it } from 'vitest'
import { header, LIMITS } from '../fixtures.ts'
import { versionAtLeast2, versionAtLeast3, versionAtLeast4 } from './version-gates.ts'

describe.each([
  [versionAtLeast2, 2],
  [versionAtLeast3, 3],
  [versionAtLeast4, 4],
])('version gate %#', (rule, least) => {
  const check = (version: number) => rule.check({ header: header({ version }) }, LIMITS)
  it('lets the version and later ones through', () => {
    expect([check(least), check(least + 1), check(0x20000000)]).toEqual(['ok', 'ok', 'ok'])
  })
  it('stops earlier ones, and negative ones', () => {
    expect(check(least - 1)).toMatchObject({ suffix: `(0x0000000${least - 1})` })
    expect(check(-1)).toMatchObject({ suffix: '(0xffffffff)' })
  })
})
