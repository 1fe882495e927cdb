import { describe, expect, it } from 'vitest'
import { TargetError } from './abstention.ts'
import { parseTarget, TARGET_HELP, TARGET_KINDS } from './target.ts'

describe('what an option that names a target says', () => {
  it.each(TARGET_KINDS)('$name is taken apart', ({ name, argument }) => {
    const text = argument === undefined ? name : `${name}:/a path:with colons`
    const { name: read, argument: rest } = parseTarget('--node', text)
    expect([read, rest]).toEqual([name, argument === undefined ? '' : '/a path:with colons'])
    // An argument that is missing, or that nobody asks for.
    const wrong = argument === undefined ? [`${name}:more`] : [name, `${name}:`]
    for (const other of wrong)
      expect(() => parseTarget('--node', other)).toThrow(
        new TargetError(`--node ${other}: expected ${TARGET_HELP}`),
      )
  })

  it('is one of the names in the help', () => {
    for (const { name } of TARGET_KINDS) expect(TARGET_HELP.split(/[:, ]+/)).toContain(name)
    expect(() => parseTarget('--peer', 'nobody:/path')).toThrow(
      /^--peer nobody:\/path: expected builtin, spec, /,
    )
  })

  it('opens what it names', () => {
    for (const name of ['builtin', 'spec']) {
      const engine = parseTarget('--node', name).open()
      expect(engine.isAlive()).toBe(true)
      expect(engine.openChain('tiny').tip().height).toBe(0)
      expect(engine.scripts).toBeDefined()
      engine.close()
    }
  })
})
