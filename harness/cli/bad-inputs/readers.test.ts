/** The readers of all that users hand over, fuzzed: each succeeds or says in one line what is wrong, in bounded time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { runFromNdjson } from '../../../reports/index.ts'
import { chainLookup, createEngine } from '../../adapters/index.ts'
import { createResponder, readBaseline, readChainBlocks, readManifest } from '../../conformance/index.ts'
import { FileError } from '../../files/index.ts'
import { chainFileSchema } from '../../ports/index.ts'
import { readScenarioFile, ScenarioError } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { UsageError } from '../usage-error.ts'
import { story } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-readers-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The same inputs on every machine; another seed, and more of them, find what these do not. */
const RUNS = { numRuns: 300, seed: 1 }
const FILE = join(folder, 'file')

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const STRANGE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e300,
  '',
  'x',
  '__proto__',
  'constructor',
  '00',
  'ff'.repeat(80),
  '9'.repeat(400),
  '-1',
  'genesis',
  [],
  [[]],
  {},
  { __proto__: 1 } as unknown as Json,
]

const strange: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
)

/** One change of a value of JSON: at a place that `choices` leads to, something strange, nothing, or a new key. */
interface Change {
  readonly choices: readonly number[]
  readonly kind: 'replace' | 'remove' | 'add' | 'double'
  readonly value: Json
  readonly key: string
}

const change: fc.Arbitrary<Change> = fc.record({
  choices: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('replace', 'remove', 'add', 'double'),
  value: strange,
  key: fc.constantFrom('x', '__proto__', 'toString', 'b1', 'extends', 'raw', 'bits', 'at', 'until', 'type'),
})

function changed(value: Json, { choices, kind, value: other, key }: Change): Json {
  const [choice, ...more] = choices
  if (typeof value !== 'object' || value === null || choice === undefined) return other
  const entries = Object.entries(value)
  if (kind === 'add' && more.length === 0) return rebuilt(value, [...entries, [key, other]])
  if (entries.length === 0) return other
  const at = choice % entries.length
  const [name, inner] = entries[at]!
  if (more.length > 0)
    return rebuilt(
      value,
      entries.with(at, [name, changed(inner, { choices: more, kind, value: other, key })]),
    )
  if (kind === 'remove') return rebuilt(value, entries.toSpliced(at, 1))
  if (kind === 'double')
    return rebuilt(value, [...entries, [Array.isArray(value) ? name : `${name}2`, inner]])
  return rebuilt(value, entries.with(at, [name, other]))
}

function rebuilt(like: Json, entries: readonly (readonly [string, Json])[]): Json {
  return Array.isArray(like) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

/** A text with some bytes changed, put in, or cut off. */
interface Damage {
  readonly at: number
  readonly bytes: Uint8Array
  readonly kind: 'overwrite' | 'insert' | 'cut' | 'double'
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('overwrite', 'insert', 'cut', 'double'),
})

function damaged(content: Uint8Array, { at, bytes, kind }: Damage): Uint8Array {
  const place = at % (content.length + 1)
  const [before, after] = [content.subarray(0, place), content.subarray(place)]
  if (kind === 'cut') return before
  if (kind === 'double') return Buffer.concat([before, after, after])
  return Buffer.concat([before, bytes, kind === 'insert' ? after : after.subarray(bytes.length)])
}

/** What a reader may throw: the user can put it right. */
const isUsage = (error: unknown) =>
  [FileError, ScenarioError, UsageError].some((kind) => error instanceof kind)

/** Words of the JavaScript machine: nobody has thought of this input. */
const ACCIDENT =
  /\n|Cannot (read|convert|mix)|not a function|not iterable|not defined|Invalid (array|string|typed)|Maximum call|out of (range|bounds)|BigInt|Offset is outside/

function expectRead(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!isUsage(error)) throw error
    expect((error as Error).message).not.toMatch(ACCIDENT)
    expect((error as Error).message.length).toBeLessThan(5_000)
  }
}

const written = (content: string | Uint8Array) => {
  writeFileSync(FILE, content)
  return FILE
}

/** Each reader of JSON, and a value that it reads. */
const OF_JSON: Readonly<Record<string, readonly [Json, (text: string) => unknown]>> = {
  'a story': [
    JSON.parse(readFileSync(join(SCENARIOS_FOLDER, 'double-spend/finney-attack.json'), 'utf8')),
    (text) => readScenarioFile(written(text), chainLookup),
  ],
  'a story of locks, edits and faults': [
    JSON.parse(
      story({
        keys: ['a'],
        chain: {
          base: 'tiny',
          limits: { coinbaseMaturityBlocks: 1 },
          deployments: { taproot: { kind: 'height', height: 3 } },
        },
        nodes: { n: { peers: ['m'] }, m: {} },
        network: {
          latencyMs: 10,
          links: [{ between: ['n', 'm'], latencyMs: 5 }],
          faults: [{ from: 'n', to: 'm', message: 3, kind: 'drop' }],
        },
        transactions: {
          t: {
            lockTime: { medianTimeOf: 'b1', plus: 1 },
            inputs: [{ spends: 'b1:0', sequence: { blocks: 1 }, unlock: { sighash: 'ALL' } }],
            outputs: [{ to: { multisig: { need: 1, keys: ['a'] }, wrap: 'p2wsh' }, value: 'rest' }],
          },
        },
        blocks: {
          b1: { extends: 'genesis', coinbase: { to: 'a' } },
          b2: {
            extends: 'b1',
            time: 'parent+1',
            transactions: ['t'],
            edits: [{ field: 'nonce', bytes: '00000000' }],
          },
        },
        runs: { r: { extends: 'b1', count: 3 } },
        steps: [
          { do: 'send', to: ['n'], items: ['b1', 'r1..r3'] },
          { do: 'crash', node: 'n', atWrite: 1, survives: 3, at: 5 },
          { do: 'expect', nodes: ['m'], tip: ['r3'], withinMs: 100 },
        ],
      }),
    ),
    (text) => readScenarioFile(written(text), chainLookup),
  ],
  'a chain': [
    JSON.parse(JSON.stringify(chainLookup('tiny'))),
    (text) => {
      const source = JSON.parse(story())
      return readScenarioFile(written(JSON.stringify({ ...source, chain: JSON.parse(text) })), chainLookup)
    },
  ],
  'a baseline': [
    { format: 'touchstone-baseline/1', failures: [{ id: 'x/y', why: 'known', until: '2030-01-31' }] },
    (text) => readBaseline(written(text)),
  ],
}

const changes = fc.array(change, { minLength: 1, maxLength: 3 })

describe('a reader of JSON succeeds or refuses', () => {
  it.each(Object.entries(OF_JSON))('%s, changed here and there', (_, [value, read]) => {
    read(JSON.stringify(value))
    fc.assert(
      fc.property(changes, (all) => expectRead(() => read(JSON.stringify(all.reduce(changed, value))))),
      RUNS,
    )
  })

  it.each(Object.entries(OF_JSON).filter(([name]) => name !== 'a chain'))(
    '%s, damaged',
    (_, [value, read]) => {
      const content = Buffer.from(JSON.stringify(value))
      fc.assert(
        fc.property(damage, (how) =>
          expectRead(() => read(Buffer.from(damaged(content, how)).toString('latin1'))),
        ),
        RUNS,
      )
    },
  )
})

describe('a chain that its schema lets through', () => {
  const tiny = chainLookup('tiny')!
  const numbers = Object.entries(tiny.limits).flatMap(([name, value]) =>
    typeof value === 'number' ? [name] : [],
  )
  const chain = fc.record({
    limit: fc.constantFrom(...numbers),
    value: fc.constantFrom(0, 1, 2, 11, 2 ** 31 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
    powLimit: fc.constantFrom(tiny.limits.powLimit, '0'.repeat(64), 'f'.repeat(64), `${'0'.repeat(63)}1`),
    genesis: fc.option(damage),
  })
  it('opens on both engines, or is refused in words', () => {
    const engines = (['spec', 'node'] as const).map((name) => createEngine(name))
    const seen = { opened: 0, refused: 0 }
    fc.assert(
      fc.property(chain, ({ limit, value, powLimit, genesis }) => {
        const limits = { ...tiny.limits, powLimit, [limit]: value }
        const first = Buffer.from(tiny.genesisBlock, 'hex')
        const genesisBlock = Buffer.from(genesis === null ? first : damaged(first, genesis)).toString('hex')
        const parsed = chainFileSchema.safeParse({ ...tiny, limits, genesisBlock })
        if (!parsed.success) return
        for (const engine of engines) {
          const answer = createResponder(engine)
          const reset = answer(JSON.stringify({ id: 1, op: 'reset', chain: parsed.data }))
          if ('error' in reset) expect(reset.error).not.toMatch(ACCIDENT)
          seen['error' in reset ? 'refused' : 'opened']++
          if ('error' in reset) continue
          expect(answer('{"id":2,"op":"query","what":"tip"}')).toHaveProperty('value')
          const block = `{"id":3,"op":"deliver","kind":"block","bytes":"${'00'.repeat(100)}","now":1}`
          expect(answer(block)).toHaveProperty('verdict')
        }
      }),
      RUNS,
    )
    expect(seen.opened).toBeGreaterThan(100)
    expect(seen.refused).toBeGreaterThan(100)
  })
})

describe('a run', () => {
  const RUN: readonly Json[] = [
    {
      type: 'run',
      format: 'touchstone-run/1',
      title: 't',
      chain: 'c',
      nodes: ['a', 'b'],
      startTimeMs: 0,
      genesis: 'g',
    },
    { type: 'step', at: 0, index: 0, text: 'x' },
    {
      type: 'message',
      at: 1,
      arrivesAt: 2,
      from: 'a',
      to: 'b',
      command: 'inv',
      bytes: 3,
      fate: 'delivered',
      items: ['b1'],
    },
    { type: 'block', at: 1, name: 'b1', hash: 'h', parent: 'g', height: 1, transactions: 1 },
    {
      type: 'verdict',
      at: 1,
      node: 'a',
      subject: 'block',
      item: 'b1',
      hash: 'h',
      verdict: { outcome: 'connected' },
    },
    { type: 'tip', at: 1, node: 'a', item: 'b1', hash: 'h', height: 1, disconnected: 0 },
    { type: 'end', at: 9, outcome: 'pass', events: 3, eventHash: 'x', marks: [] },
  ]
  it('is read or refused', () => {
    const read = (records: Json) =>
      runFromNdjson((records as readonly Json[]).map((record) => JSON.stringify(record)).join('\n'))
    expect(read(RUN)).toHaveLength(RUN.length)
    fc.assert(
      fc.property(changes, (all) => {
        const records = all.reduce(changed, RUN as Json)
        if (!Array.isArray(records)) return
        try {
          read(records)
        } catch (error) {
          expect((error as Error).message).toMatch(/^(line \d+: |expected )[^\n]{1,5000}$/)
        }
      }),
      RUNS,
    )
  })
})

it('a line of the protocol gets one answer, with its own number where it has one', () => {
  const answer = createResponder(createEngine('node'))
  const REQUESTS: readonly Json[] = [
    { id: 1, op: 'hello', protocol: 'touchstone-stdio/1' },
    { id: 2, op: 'reset', chain: 'regtest' },
    { id: 3, op: 'deliver', kind: 'block', bytes: '00', now: 1 },
    { id: 4, op: 'query', what: 'balance', script: '51' },
    { id: 5, op: 'invalidate', block: 'ab'.repeat(32) },
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...REQUESTS),
      fc.array(change, { maxLength: 2 }),
      fc.option(damage),
      (request, all, how) => {
        const line = JSON.stringify(all.reduce(changed, request))
        const sent = how === null ? line : Buffer.from(damaged(Buffer.from(line), how)).toString('latin1')
        const { id, ...said } = answer(sent)
        expect(Number.isInteger(id)).toBe(true)
        expect(Object.keys(said).length).toBeGreaterThan(0)
        expect(JSON.stringify(said)).not.toMatch(/at .+:\d+:\d+/)
      },
    ),
    RUNS,
  )
})

it('a manifest is read or refused', () => {
  const HEAD = 'path\tsha256\tsource_repo\tcommit\tsource_path'
  const content = Buffer.from(
    `${HEAD}\ncore/x.json\t${'0'.repeat(64)}\ta/b\t${'c'.repeat(40)}\tdata/x.json\n`,
  )
  expect(readManifest(written(content))).toHaveLength(1)
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) =>
      expectRead(() => readManifest(written(all.reduce(damaged, content)))),
    ),
    RUNS,
  )
})

it('a file of blocks is read or refused', () => {
  const { items, chainFile } = readScenarioFile(written(story({ chain: 'regtest' })), chainLookup)
  const record = (name: string) => {
    const item = items.get(name)!
    const length = Buffer.alloc(4)
    length.writeUInt32LE(item.bytes.length)
    return Buffer.concat([Buffer.from(chainFile.magic, 'hex'), length, item.bytes])
  }
  const content = Buffer.concat([record('genesis'), record('b1')])
  expect(readChainBlocks(written(content))?.blocks).toHaveLength(2)
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) =>
      expectRead(() => readChainBlocks(written(all.reduce(damaged, content)))),
    ),
    RUNS,
  )
})
