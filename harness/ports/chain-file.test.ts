import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it, test } from 'vitest'
import { z } from 'zod'
import { chainFiles } from '../../spec/index.ts'
import { chainFileSchema } from './chain-file.ts'
import { described, undescribedFields } from './describe.ts'

const file = new URL('chain-file.schema.json', import.meta.url)
const published = () => JSON.parse(readFileSync(file, 'utf8'))

/** To renew the file: `UPDATE_SCHEMA=1 npx vitest run harness/ports`, then `npm run fix`. */
it('chain-file.schema.json is the schema of the format', () => {
  const schema = {
    title: 'touchstone-chain',
    ...described(z.toJSONSchema(chainFileSchema, { io: 'input', target: 'draft-2020-12' })),
  }
  if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  expect(published()).toEqual(JSON.parse(JSON.stringify(schema)))
})

test.each([...chainFiles])(
  '%s is valid by the published schema, as another validator reads it',
  (_name, chain) => {
    const validate = new Ajv2020({ strict: false }).compile(published())
    expect(validate(chain)).toBe(true)
    expect(validate({ ...(chain as object), magic: 'nonsense' })).toBe(false)
  },
)

test('every field says what it is', () => expect(undescribedFields(published())).toEqual([]))
