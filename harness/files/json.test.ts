import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, parseStrictJson } from './json.ts'

describe('JSON', () => {
  test('is read as anybody reads it', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(JSON.stringify(parseStrictJson(text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    ))

  test.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"blocks":{"b1":{},"b2":{},"b1":{}}}', 'blocks.b1'],
    ['[{}, {"steps": [{"x\\\\": 1, "y": "}", "x\\\\": 2}]}]', '1.steps.0.x\\'],
  ])('with a key twice is refused: %s', (text, place) =>
    expect(() => parseStrictJson(text)).toThrow(`${place}: the key is there twice`),
  )

  test.each(['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', '{"a":"a","b":"\\"a\\":"}'])(
    'with a key in several objects is fine: %s',
    (text) => expect(parseStrictJson(text)).toEqual(JSON.parse(text)),
  )

  test('that is none is named with its file, in one line', () =>
    expect(() => parseJson('x.json', 'taproot')).toThrow(/^x\.json: not JSON: [^\n]+$/))
})
