import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { described, undescribedFields } from '../ports/index.ts'
import { scenarioSchema } from './format/index.ts'
import { SCENARIO_WORDS } from './words.ts'

const file = new URL('scenario.schema.json', import.meta.url)

const publishedSchema = () => ({
  title: 'touchstone-scenario/1',
  ...described(z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' }), SCENARIO_WORDS),
})

it('the schema says of every field what it is', () => {
  expect(undescribedFields(publishedSchema())).toEqual([])
})

it('every word of the schema is about a field that it has', () => {
  const said = JSON.stringify(publishedSchema())
  const unused = Object.entries(SCENARIO_WORDS).filter(([, words]) => !said.includes(JSON.stringify(words)))
  expect(unused).toEqual([])
})

/** To renew the file: `UPDATE_SCHEMA=1 npx vitest run harness/scenario/schema`, then `npm run fix`. */
it('scenario.schema.json is the schema of the format', () => {
  const schema = publishedSchema()
  if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
})

it('every scenario of the corpus is valid by the published schema, as another validator reads it', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')))
  const corpus = new URL('../../scenarios/', import.meta.url)
  const scenarios = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  )
  expect(scenarios.length).toBeGreaterThan(15)
  const invalid = scenarios.filter(
    (name) => !validate(JSON.parse(readFileSync(new URL(name, corpus), 'utf8'))),
  )
  expect(invalid).toEqual([])
  expect(validate({ format: 'touchstone-scenario/1' })).toBe(false)
})
