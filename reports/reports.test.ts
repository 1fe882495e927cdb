import { describe, expect, it } from 'vitest'
import { create } from 'xmlbuilder2'
import {
  htmlPage,
  junitXml,
  type RunRecord,
  resultsText,
  runFromNdjson,
  runText,
  runToNdjson,
} from './index.ts'
import type { SuiteResult } from './results.ts'
import { recordsOf } from './run-record.ts'

const suites: SuiteResult[] = [
  {
    name: 'scenarios',
    about: 'stories as data',
    seconds: 1.5,
    cases: [
      { id: 'reorg/deep', title: 'a deep reorganisation', status: 'pass', seconds: 0.25 },
      {
        id: 'byzantine/<bad>',
        title: 'markup & "quotes"',
        status: 'fail',
        message: 'tip differs',
        expected: 'tip <b5>',
        actual: 'tip b4',
        repro: 'touchstone replay x.json',
      },
      { id: 'crash/one', title: 'a crash', status: 'abstain', message: 'it has no disk' },
      { id: 'known', title: 'known', status: 'expected-failure', message: 'until 2027' },
    ],
  },
]

const run: RunRecord[] = [
  {
    type: 'run',
    format: 'touchstone-run/1',
    title: 'two <nodes>',
    chain: 'tiny',
    nodes: ['n1', 'n2'],
    startTimeMs: 0,
    genesis: 'g',
  },
  { type: 'block', at: 0, name: 'b1', hash: 'h1', parent: 'g', height: 1, transactions: 1 },
  { type: 'block', at: 0, name: 'b1x', hash: 'h1x', parent: 'g', height: 1, transactions: 1 },
  { type: 'block', at: 0, name: 'b2', hash: 'h2', parent: 'h1', height: 2, transactions: 2 },
  { type: 'partition', at: 5, untilMs: 400, groups: [['n1'], ['n2']] },
  {
    type: 'message',
    at: 10,
    arrivesAt: 60,
    from: 'n1',
    to: 'n2',
    command: 'headers',
    bytes: 106,
    fate: 'delivered',
    items: ['b1'],
  },
  { type: 'message', at: 20, from: 'n2', to: 'n1', command: 'inv', bytes: 61, fate: 'dropped' },
  {
    type: 'verdict',
    at: 60,
    node: 'n2',
    subject: 'block',
    item: 'b2',
    hash: 'h2',
    verdict: { outcome: 'connected' },
    expected: { outcome: 'rejected', class: 'invalid', reason: 'bad-cb-amount' },
  },
  { type: 'tip', at: 60, node: 'n2', item: 'b2', hash: 'h2', height: 2, disconnected: 1 },
  { type: 'node', at: 70, node: 'n1', change: 'crash', detail: 'at write 3' },
  {
    type: 'expectation',
    at: 80,
    step: 4,
    status: 'fail',
    text: 'tip b2',
    expected: 'tip b2',
    actual: 'tip b1',
  },
  {
    type: 'divergence',
    at: 60,
    event: 17,
    oracle: 'verdict',
    node: 'n2',
    item: 'b2',
    expected: 'rejected',
    actual: 'connected',
    text: 'n2 believed b2',
  },
  { type: 'end', at: 500, outcome: 'fail', events: 20, eventHash: '0123456789abcdef', marks: ['reorg'] },
]

const blocks = recordsOf(run, 'block')
const tips = recordsOf(run, 'tip')

describe('junitXml', () => {
  const parsed = create(junitXml(suites)).end({ format: 'object' }) as unknown as {
    testsuites: {
      '@tests': string
      '@failures': string
      '@skipped': string
      testsuite: { testcase: Record<string, unknown>[] }
    }
  }

  it('counts every case once', () => {
    const { '@tests': tests, '@failures': failures, '@skipped': skipped, testsuite } = parsed.testsuites
    expect([tests, failures, skipped]).toEqual(['4', '1', '2'])
    expect(testsuite.testcase).toHaveLength(4)
  })

  it('keeps ids, escapes text and never calls an abstention a pass', () => {
    const cases = parsed.testsuites.testsuite.testcase
    expect(cases.map((element) => element['@name'])).toEqual([
      'reorg/deep',
      'byzantine/&lt;bad&gt;',
      'crash/one',
      'known',
    ])
    expect(cases[1]).toHaveProperty('failure')
    expect(cases[2]).toHaveProperty('skipped')
    expect(cases[0]).not.toHaveProperty('skipped')
  })
})

describe('text', () => {
  it('prints failures with what was expected and how to see them again', () => {
    const text = resultsText(suites)
    expect(text).toContain('FAIL scenarios byzantine/<bad>: tip differs')
    expect(text).toContain('expected tip <b5>')
    expect(text).toContain('touchstone replay x.json')
  })

  it('prints a run in lines', () => {
    expect(runText(run)).toContain('n2 block b2: connected  BUT expected rejected (invalid, bad-cb-amount)')
    expect(runText(run)).toContain('2 messages, 1 of them lost')
  })
})

describe('run files', () => {
  it('come back as they were written', () => expect(runFromNdjson(runToNdjson(run))).toEqual(run))

  it('name the line that is wrong', () => {
    const [first] = runToNdjson(run).split('\n')
    expect(() => runFromNdjson(`${first}\n{"type":\n`)).toThrow('line 2: expected one JSON object')
    expect(() => runFromNdjson('{"type":"tip"}\n')).toThrow('line 1: expected {"type":"run"')
  })

  it.each([
    ['{"type":"rumour"}', 'line 2: type: Invalid'],
    ['{"type":"tip"}', 'line 2: at: Invalid input: expected number'],
    ['7', 'line 2: Invalid input: expected object'],
    ['{"type":"step","at":0,"index":0,"text":{"markup":"<script>"}}', 'line 2: text: Invalid'],
    ['{"type":"step","at":0,"index":0,"text":"","txet":""}', 'line 2: Unrecognized key: "txet"'],
  ])('refuse %s', (line, message) => {
    const [first] = runToNdjson(run).split('\n')
    expect(() => runFromNdjson(`${first}\n${line}\n`)).toThrow(message)
  })
})

describe('htmlPage', () => {
  const page = htmlPage({
    title: 'T',
    subtitle: 'S',
    figures: [{ label: 'seed', value: '7' }],
    suites,
    runs: [run],
  })

  it('is self-contained', () => {
    expect(page).not.toMatch(/(src|href)=|@import|url\((?!#)/)
  })

  it('escapes all data', () => {
    expect(page).toContain('two &lt;nodes&gt;')
    expect(page).not.toContain('<nodes>')
    expect(page).toContain('byzantine/&lt;bad&gt;')
  })

  it('lets no script run, and takes no object for markup', () => {
    expect(page).toContain('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
    const forged = [{ ...run[0]!, title: JSON.parse('{"markup":"<script>x</script>"}') }]
    expect(() =>
      htmlPage({ title: 'T', subtitle: 'S', figures: [], suites: [], runs: [forged as RunRecord[]] }),
    ).toThrow('expected text, a number or markup')
  })

  it('shows controls and marks of direction instead of obeying them', () => {
    const hostile = htmlPage({ title: 'a\u202eb\u001bc', subtitle: '', figures: [], suites: [], runs: [] })
    expect(hostile).toContain('<h1>a\\u202eb\\u001bc</h1>')
  })

  it('ends where blocks are their own ancestors', () => {
    const block = (hash: string, parent: string): RunRecord => ({ ...blocks[0]!, hash, parent })
    const tip = (hash: string): RunRecord => ({ ...tips[0]!, hash })
    for (const circle of [
      [block('a', 'a'), tip('a')],
      [block('a', 'b'), block('b', 'a'), tip('a')],
    ])
      expect(
        htmlPage({ title: 'T', subtitle: '', figures: [], suites: [], runs: [[run[0]!, ...circle]] }),
      ).toContain('block active')
  })

  it('draws lanes, arrows, lost messages, bands, blocks and the divergence', () => {
    expect(page.match(/<text class="name"/g)).toHaveLength(2)
    expect(page.match(/marker-end="url\(#arrow\)"/g)).toHaveLength(1)
    expect(page.match(/class="lost"/g)).toHaveLength(1)
    expect(page.match(/<rect class="group/g)).toHaveLength(2)
    expect(page.match(/<g class="block active"/g)).toHaveLength(2)
    expect(page.match(/<g class="block stale"/g)).toHaveLength(1)
    expect(page).toContain('First divergence: n2 believed b2')
    expect(page).toContain('badge fail')
  })

  it('cuts a long run to what leads to its end', () => {
    const many: RunRecord[] = Array.from({ length: 1000 }, (_, index) => ({
      type: 'message',
      at: index,
      arrivesAt: index + 1,
      from: 'n1',
      to: 'n2',
      command: 'tx',
      bytes: 1,
      fate: 'delivered',
    }))
    const long = htmlPage({ title: 'T', subtitle: 'S', figures: [], suites: [], runs: [[run[0]!, ...many]] })
    expect(long).toContain('600 of 1000 messages are drawn')
  })
})
