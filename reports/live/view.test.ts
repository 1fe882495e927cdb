import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ADDITIONS, type Addition, type AdditionKind, type View, viewFromHash, viewToHash } from './view.ts'

const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.]{0,12}$/)
const addition = fc.constantFrom(...(Object.keys(ADDITIONS) as AdditionKind[])).chain(
  (kind): fc.Arbitrary<Addition> =>
    fc.record({
      kind: fc.constant(kind),
      names: fc.array(name, { minLength: ADDITIONS[kind].length, maxLength: ADDITIONS[kind].length }),
    }),
)
const view: fc.Arbitrary<View> = fc.record(
  {
    run: fc.nat(50),
    atMs: fc.nat(),
    fromMs: fc.nat(),
    added: fc.array(addition, { maxLength: 6 }),
  },
  { requiredKeys: ['run', 'added'] },
)

describe('the address of a view', () => {
  it('gives back every view', () => {
    fc.assert(
      fc.property(view, (seen) => {
        expect(viewFromHash(`#${viewToHash(seen)}`)).toEqual({ ...seen })
      }),
    )
  })

  it.each([
    '',
    '#run=x',
    '#at=3',
    '#run=0&add=explode~n1',
    '#run=0&add=crash',
    '#run=0&add=crash~n1~n2',
    '#run=0&add=crash~<b>',
    '#run=0&add=toString',
  ])('refuses %j', (hash) => {
    expect(viewFromHash(hash)).toBeUndefined()
  })
})
