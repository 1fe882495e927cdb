import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BUG_BANK } from './index.ts'

describe('the bug bank', () => {
  it.each(BUG_BANK)('$id still applies: $bug', ({ file, find, replace }) => {
    const source = readFileSync(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)), 'utf8')
    expect(source.split(find)).toHaveLength(2)
    expect(replace).not.toBe(find)
  })

  it('names each bug once and says where it comes from', () => {
    const ids = BUG_BANK.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, bug, source } of BUG_BANK) {
      expect(id).toMatch(/^[VUMHLSWTPF]\d\d$/)
      expect(bug).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe('')
    }
  })
})
