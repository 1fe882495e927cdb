import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chainLookup } from '../adapters/index.ts'
import { bytesToHex } from '../wire/index.ts'
import { compileScenario } from './compile.ts'
import type { ScenarioSource } from './format/index.ts'
import { parseScenario, readScenario } from './parse.ts'

const root = new URL('../../', import.meta.url)
const compile = (source: unknown) => compileScenario(parseScenario(source), chainLookup)

const BASE: ScenarioSource = {
  format: 'touchstone-scenario/1',
  title: 'a title',
  story: 'a story',
  sources: ['a test'],
  keys: ['alice'],
  blocks: { b1: { extends: 'genesis', coinbase: { to: 'alice' } } },
  transactions: { t1: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'alice', value: 'rest' }] } },
  steps: [{ do: 'send', items: ['b1'] }],
}

describe('compiling', () => {
  it('gives the same bytes every time', () => {
    const bytes = () => [...compile(BASE).items.values()].map((item) => bytesToHex(item.bytes))
    expect(bytes()).toEqual(bytes())
    expect(bytes()).toHaveLength(3)
  })

  it('fills in the defaults: one node, genesis and a day, times that do not go back', () => {
    const compiled = compile({
      ...BASE,
      steps: [
        { do: 'send', items: ['b1'], at: 5 },
        { do: 'expect', height: 1 },
      ],
    })
    expect(compiled.nodes.map((node) => node.name)).toEqual(['node'])
    expect(compiled.startTimeMs).toBe(
      (compiled.items.get('genesis') as { time: number }).time * 1000 + 86_400_000,
    )
    expect(compiled.steps.map((step) => step.at)).toEqual([5, 5])
  })

  it('names what a target must be able to do', () => {
    const steps: ScenarioSource['steps'] = [
      { do: 'send', items: ['b1'] },
      { do: 'send', items: ['t1'] },
      { do: 'expect', digestOf: 'b1', balance: { of: 'alice', is: 0 } },
    ]
    expect([...compile({ ...BASE, steps }).requires].sort()).toEqual([
      'balance',
      'blocks',
      'coinDigest',
      'mempool',
    ])
  })

  it('writes out rows of blocks', () => {
    const compiled = compile({
      ...BASE,
      runs: { a: { extends: 'b1', count: 3 } },
      steps: [{ do: 'send', items: ['b1', 'a1..a3'] }],
    })
    expect(compiled.items.get('a3')).toMatchObject({ kind: 'block', height: 4, parent: 'a2' })
    expect(compiled.steps[0]).toMatchObject({ items: ['b1', 'a1', 'a2', 'a3'] })
  })
})

describe('a mistake gets one line with its place', () => {
  const block = { extends: 'genesis' }
  const cases: [string, Partial<Record<keyof ScenarioSource, unknown>>, string][] = [
    ['unknown format', { format: 'x' }, 'format: Invalid input: expected "touchstone-scenario/1"'],
    ['no sources', { sources: [] }, 'sources: Too small: expected array to have >=1 items'],
    ['unknown key', { wrong: 1 } as never, 'Unrecognized key: "wrong"'],
    [
      'unknown step',
      { steps: [{ do: 'dance' }] },
      "steps.0.do: Invalid discriminator value. Expected 'send' | ",
    ],
    [
      'dangling item',
      { steps: [{ do: 'send', items: ['b9'] }] },
      'steps.0.items.0: no block or transaction named "b9"',
    ],
    ['dangling node', { steps: [{ do: 'pause', node: 'n7' }] }, 'steps.0.node: no node named "n7"'],
    ['dangling parent', { blocks: { b1: { extends: 'b0' } } }, 'blocks.b1.extends: no block named "b0"'],
    ['no parent', { blocks: { b1: {} } }, 'blocks.b1: expected "extends" or "copyOf"'],
    [
      'dangling coin',
      { transactions: { t1: { inputs: [{ spends: 'b7:0' }] } } },
      'transactions.t1.inputs.0.spends: no transaction named "b7"',
    ],
    [
      'no such output',
      { transactions: { t1: { inputs: [{ spends: 'b1:3' }] } } },
      'transactions.t1.inputs.0.spends: "b1" has no output 3',
    ],
    ['undeclared key', { keys: [] }, 'blocks.b1.coinbase.to: no key named "alice"'],
    [
      'a circle',
      { blocks: { b1: { extends: 'b2' }, b2: { extends: 'b1' } } },
      'blocks.b1.extends: "b2" rests upon itself',
    ],
    [
      'back in time',
      {
        steps: [
          { do: 'heal', at: 9 },
          { do: 'heal', at: 8 },
        ],
      },
      'steps.1.at: goes back in time, the step before is at 9',
    ],
    ['unknown chain', { chain: 'moon' }, 'chain: no chain named "moon"'],
    [
      'bad hex',
      { blocks: { b1: { ...block, edits: [{ offset: 1, bytes: 'zz' }] } } },
      'blocks.b1.edits.0.bytes: expected lower-case hex, two digits a byte',
    ],
    [
      'edit beyond the end',
      { blocks: { b1: { ...block, coinbase: { to: 'alice' }, edits: [{ offset: 9999, bytes: '00' }] } } },
      'blocks.b1.edits.0.offset: the block has 1',
    ],
    [
      'bad opcode',
      { blocks: { b1: { ...block, coinbase: { to: { script: 'DANCE' } } } } },
      'blocks.b1.coinbase.to: no opcode, number or <placeholder>: "DANCE"',
    ],
    [
      'a script where signatures are wanted',
      { transactions: { t1: { inputs: [{ spends: 'b1:0', unlock: { script: '1' } }] } } },
      'transactions.t1.inputs.0.unlock.script: this lock takes signatures, not a script',
    ],
    [
      'signers where a script is wanted',
      {
        blocks: { b1: { ...block, coinbase: { to: { script: '1' } } } },
        transactions: { t1: { inputs: [{ spends: 'b1:0', unlock: { keys: ['alice'] } }] } },
      },
      'transactions.t1.inputs.0.unlock.keys: this lock takes a script: <sig:NAME> in it signs',
    ],
    ['name taken', { blocks: { t1: block } }, 'blocks.t1: a transaction has this name'],
    ['nothing expected', { steps: [{ do: 'expect' }] }, 'steps.0: expected one of verdict, tip'],
    [
      'never without end',
      { steps: [{ do: 'expect', tip: 'b1', never: true }] },
      'steps.0: expected "withinMs": never, for how long?',
    ],
    [
      'several nodes',
      { nodes: { n1: {}, n2: {} } },
      'steps.0: expected "to": the scenario has several nodes',
    ],
  ]
  it.each(cases)('%s', (_, change, message) => {
    const attempt = () => compile({ ...BASE, ...change })
    expect(attempt).toThrow(message)
    expect(attempt).toThrow(/^[^\n]+$/)
  })

  it('text that is not JSON', () => {
    expect(() => readScenario('{')).toThrow(/^not JSON: [^\n]+$/)
  })
})

describe('every scenario compiles', () => {
  const folder = new URL('scenarios/', root)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )
  it.each(files)('%s', (file) => {
    const compiled = compileScenario(readScenario(readFileSync(new URL(file, folder), 'utf8')), chainLookup)
    expect(compiled.steps.some((step) => step.do === 'expect')).toBe(true)
  })
  it('there are many', () => expect(files.length).toBeGreaterThan(25))
})
