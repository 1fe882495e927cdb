import { describe, expect, it } from 'vitest'
import type { Branch } from '../../vocabulary/index.ts'
import type { SignalDuty } from '../subjects.ts'
import { branch, header, LIMITS, verdict } from '../testing.ts'
import { mandatorySignal } from './mandatory-signal.ts'

const [YES, NO] = [0x20000002, 0x20000004]
/** One block of four may be silent. */
const deployment: SignalDuty = { bit: 1, window: 4, silentMax: 1 }

/** Blocks of these versions on top of each other, the first at height 0; the last of them. */
function versions(...list: number[]): Branch {
  let top: Branch | undefined
  for (const [at, version] of list.entries())
    top = { ...branch([at], { version }, at), ...(top === undefined ? {} : { parent: top }) }
  return top!
}

/** The last version is the header's that is judged. */
function check(list: readonly number[], mustSignal: readonly SignalDuty[] = [deployment]) {
  const parent = versions(...list.slice(0, -1))
  return verdict(
    mandatorySignal.check({ header: header({ version: list.at(-1)! }), parent, now: 0, mustSignal }, LIMITS),
  )
}

/** A period before, in which nobody signalled. */
const BEFORE = [NO, NO, NO, NO]

describe('mandatory signal', () => {
  it.each([
    ['the first silent block', [NO], 'kept'],
    ['a second silent block', [NO, NO], 'broken'],
    ['a second silent block later', [YES, NO, YES, NO], 'broken'],
    ['silence at the end', [YES, YES, YES, NO], 'kept'],
    ['a signal after silence', [NO, YES], 'kept'],
    ['a version of other bits', [NO, 0x00000002], 'broken'],
  ])('%s', (_, period, expected) => expect(check([...BEFORE, ...period])).toBe(expected))
  it.each([
    [2, 'kept'],
    [1, 'broken'],
    [0, 'broken'],
  ])('may be left out by %i blocks', (silentMax, expected) =>
    expect(check([...BEFORE, NO, NO], [{ ...deployment, silentMax }])).toBe(expected),
  )
  it('is asked for each deployment', () => {
    const other = { ...deployment, bit: 2 }
    expect(check([...BEFORE, NO, NO], [other])).toBe('kept')
    expect(check([...BEFORE, NO, NO], [other, deployment])).toBe('broken')
    expect(check([...BEFORE, NO, NO], [])).toBe('kept')
  })
})
