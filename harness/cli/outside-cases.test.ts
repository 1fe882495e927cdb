/**
 * Inputs on which outside judges found the project wrong once, where their folder lies beside the project's: `../shared/cases`,
 * or what TOUCHSTONE_CASES names. Inputs of our own that say the same are in `scenarios/` and in the tests of each room.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { expectHandled } from './bad-inputs/testing.ts'

const CASES = process.env.TOUCHSTONE_CASES ?? fileURLToPath(new URL('../../../shared/cases', import.meta.url))
const isThere = existsSync(CASES)
const path = (name: string) => join(CASES, name)

describe.skipIf(!isThere)('what was found outside', () => {
  describe.each(['spec', 'builtin'])('is played by %s', (node) => {
    it.each([
      'scripts-from-genesis.json',
      'signet-class.json',
      'loose-class.json',
      'loose-conflict-class.json',
      '21-long-run.json',
    ])('%s', (name) => expectHandled({ argv: ['replay', path(name), '--node', node], exit: [0] }))

    it.each([
      ['16-duplicate-keys.json', 'blocks.b1: the key is there twice'],
      ['17-long-range.json', 'no block or transaction named "r3"'],
    ])('%s is refused', (name, says) => expectHandled({ argv: ['replay', path(name), '--node', node], says }))
  })

  describe.each(['spec', 'node'])('is verified by the engine %s', (engine) => {
    it.each(['sighash-truncated-push.json', 'anchor-with-witness.json'])('%s', (name) =>
      expectHandled({ argv: ['vectors', path(name), '--engine', engine], exit: [0] }),
    )
  })

  const story = { 's.json': isThere ? readFileSync(path('02b-script-in-title.json')) : '' }
  const conform = (handler: string, exit: 0 | 1 | 2 | 3, says: string, ...more: string[]) =>
    expectHandled({
      argv: ['conform', 's.json', '--node', `stdio:python3 ${path(handler)}`, ...more],
      files: story,
      exit: [exit],
      says,
    })

  it('02b-script-in-title.json fails for its tip and not for its title', () =>
    expectHandled({ argv: ['replay', 's.json'], files: story, exit: [1], says: 'expected tip genesis' }))
  it('know-nothing.py passes nothing', () => conform('know-nothing.py', 3, '0 passed, 0 failed, 1 partial'))
  it('03-silent-handler.py is waited for as long as is asked', () =>
    conform('03-silent-handler.py', 1, 'no answer within 5 s', '--timeout', '5s'))
  it('03b-deaf-to-eof-handler.py is sent bye', () => conform('03b-deaf-to-eof-handler.py', 3, '1 abstained'))
})
