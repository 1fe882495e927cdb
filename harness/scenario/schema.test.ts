import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { scenarioSchema } from './format.ts'

const file = new URL('scenario.schema.json', import.meta.url)

/** To renew the file: `UPDATE_SCHEMA=1 npx vitest run harness/scenario/schema`, then `npm run fix`. */
it('scenario.schema.json is the schema of the format', () => {
  const schema = {
    title: 'touchstone-scenario/1',
    ...z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' }),
  }
  if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
})
