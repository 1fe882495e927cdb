import { describe, expect, it } from 'vitest'
import { chainByName } from '../../chains/index.ts'
import { header, LIMITS } from '../testing.ts'
import { versionAtLeast2, versionAtLeast3, versionAtLeast4, versionWithSegwit } from './version-gates.ts'

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

describe('the version once segwit is in force', () => {
  const check = (version: number, limits = LIMITS) =>
    versionWithSegwit.check({ header: header({ version }) }, limits)
  const litecoin = chainByName('litecoin')!.limits
  it('is on Litecoin one that may signal', () => {
    expect([0x20000000, 0x20000001, 0x7fffffff].map((version) => check(version, litecoin))).toEqual(
      Array(3).fill('ok'),
    )
    expect(check(0x1fffffff, litecoin)).toMatchObject({ suffix: '(0x1fffffff)' })
    expect(check(-0x7ffffffc, litecoin)).toMatchObject({ suffix: '(0x80000004)' })
  })
  it('is any on Bitcoin', () => {
    expect([4, 0, -1, -0x80000000].map((version) => check(version))).toEqual(Array(4).fill('ok'))
  })
})
