import { readFileSync, writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../adapters/index.ts'
import { createResponder, serveStdio } from '../conformance/index.ts'
import { undescribedFields } from './describe.ts'
import { protocolJsonSchema, responseSchema } from './stdio-protocol.ts'

const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
const schemaFile = new URL('stdio-protocol.schema.json', import.meta.url)

describe('the protocol', () => {
  /** To renew the file: `UPDATE_SCHEMA=1 npx vitest run harness/conformance`, then `npm run fix`. */
  it('has an up-to-date JSON Schema', () => {
    const schema = `${JSON.stringify(protocolJsonSchema(), null, 2)}\n`
    if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(schemaFile, schema)
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(protocolJsonSchema())),
    )
  })

  it('says of every field what it is', () => expect(undescribedFields(protocolJsonSchema())).toEqual([]))

  it('has a JSON Schema that distinguishes requests from nonsense', () => {
    const ajv = new Ajv2020({ strict: false })
    ajv.addSchema(protocolJsonSchema(), 'protocol')
    const isRequest = ajv.compile({ $ref: 'protocol#/$defs/request' })
    expect(isRequest({ id: 1, op: 'hello', protocol: 'touchstone-stdio/1' })).toBe(true)
    expect(isRequest({ id: 1, op: 'deliver', kind: 'block', bytes: '00', now: 5 })).toBe(true)
    expect(isRequest({ id: 1, op: 'deliver', kind: 'block', bytes: '0g', now: 5 })).toBe(false)
    expect(isRequest({ id: 1, op: 'dance' })).toBe(false)
  })
})

describe('the server', () => {
  const answer = createResponder(createEngine('spec'))
  const ask = (request: object) => answer(JSON.stringify(request))

  it('says what it can do, and not what stdio cannot show', () => {
    const hello = ask({ id: 1, op: 'hello', protocol: 'touchstone-stdio/1' })
    expect(hello).toMatchObject({
      id: 1,
      name: 'spec',
      capabilities: expect.arrayContaining(['blocks', 'coinDigest']),
    })
    expect(hello).not.toMatchObject({ capabilities: expect.arrayContaining(['manyNodes']) })
  })

  it.each([
    ['no JSON', 'hello', 'expected one JSON object a line'],
    ['an unknown request', '{"id":3,"op":"dance"}', 'op: '],
    [
      'a field of the wrong form',
      '{"id":3,"op":"deliver","kind":"block","bytes":"zz","now":1}',
      'bytes: expected lower-case hex',
    ],
    [
      'a delivery before any chain is open',
      '{"id":3,"op":"deliver","kind":"block","bytes":"","now":1}',
      'reset comes first',
    ],
    ['an unknown chain', '{"id":3,"op":"reset","chain":"nowhere"}', 'no chain is named nowhere'],
  ])('answers %s with one line', (_, line, message) => {
    const fresh = createResponder(createEngine('spec'))
    const response = fresh(line)
    expect(responseSchema.parse(response)).toEqual(response)
    expect('error' in response && response.error).toContain(message)
    expect('error' in response && response.error).not.toContain('\n')
  })

  it('opens a chain, judges and reports its state', () => {
    expect(ask({ id: 2, op: 'reset', chain: 'regtest' })).toEqual({ id: 2, done: true })
    expect(ask({ id: 3, op: 'deliver', kind: 'block', bytes: '00', now: 1 })).toMatchObject({
      verdict: { outcome: 'rejected' },
    })
    expect(ask({ id: 4, op: 'query', what: 'tip' })).toEqual({
      id: 4,
      value: { hash: GENESIS, height: 0, chainWork: '2' },
    })
    expect(ask({ id: 5, op: 'query', what: 'balance', script: '51' })).toEqual({ id: 5, value: '0' })
    expect(ask({ id: 6, op: 'query', what: 'mempool' })).toEqual({ id: 6, value: [] })
  })

  it('answers an item of five megabytes, and ends on a line without end', async () => {
    const output: string[] = []
    const large = { id: 1, op: 'deliver', kind: 'block', bytes: '00'.repeat(5 << 20), now: 1 }
    async function* input() {
      yield '{"id":0,"op":"reset","chain":"tiny"}\n'
      yield `${JSON.stringify(large)}\n`
      for (;;) yield 'x'.repeat(1 << 20)
    }
    await serveStdio(createEngine('spec'), input(), { write: (text) => output.push(text) })
    expect(output.map((line) => JSON.parse(line))).toMatchObject([
      { done: true },
      { id: 1, verdict: { outcome: 'rejected' } },
      { error: 'expected lines of at most 16777216 bytes' },
    ])
  })

  it('serves lines until bye', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const lines: string[] = []
    output.on('data', (chunk) => lines.push(String(chunk)))
    input.write(
      '{"id":1,"op":"reset","chain":"tiny"}\n\n{"id":2,"op":"bye"}\n{"id":3,"op":"reset","chain":"tiny"}\n',
    )
    await serveStdio(createEngine('spec'), input, output)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { id: 1, done: true },
      { id: 2, done: true },
    ])
  })
})
