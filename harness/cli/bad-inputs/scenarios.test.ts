import { describe, it } from 'vitest'
import { chainLookup } from '../../adapters/index.ts'
import { type BadInput, expectHandled, PLAYED, PLAYED_OR_REFUSED, story } from './testing.ts'

type Changes = Readonly<Record<string, unknown>>
type Cases = Readonly<Record<string, Changes | string>>

const block = (changes: Changes): Changes => ({ blocks: { b1: { extends: 'genesis', ...changes } } })
const payment = (changes: Changes): Changes => ({
  keys: ['a'],
  transactions: { t: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'a', value: 1 }], ...changes } },
})
const steps = (...all: Changes[]): Changes => ({ steps: all })
const SEND = { do: 'send', items: ['b1'] }
const TIP = { do: 'expect', tip: 'b1' }
const NESTED = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
const FAR = Number.MAX_SAFE_INTEGER
const tiny = chainLookup('tiny')!

/** Something that `JSON.stringify` does not write. */
const raw = (changes: Changes, from: string, to: string) => story(changes).replace(from, to)

const REFUSED: Cases = {
  'of another format': { format: 'touchstone-scenario/2' },
  'with an unknown field': { surprise: 1 },
  'without a title': { title: '' },
  'with a number as title': { title: 5 },
  'without steps': { steps: [] },
  'with an object of steps': { steps: {} },
  'with an unknown step': steps({ do: 'dance' }),
  'with a step that does nothing': steps({}),
  'with a null as step': { steps: [null] },
  'that sends what is not there': steps({ do: 'send', items: ['b2'] }),
  'that extends what is not there': block({ extends: 'b9' }),
  'that extends a name of every object': block({ extends: 'valueOf' }),
  'whose block extends itself': block({ extends: 'b1' }),
  'whose blocks extend each other': { blocks: { b1: { extends: 'b2' }, b2: { extends: 'b1' } } },
  'whose blocks copy each other': { blocks: { b1: { copyOf: 'b2' }, b2: { copyOf: 'b1' } } },
  'whose payment spends itself': payment({ inputs: [{ spends: 't:0' }] }),
  'that spends what is not there': payment({ inputs: [{ spends: 'b1:7' }] }),
  'that spends output 10^20': payment({ inputs: [{ spends: `b1:1${'0'.repeat(20)}` }] }),
  'that spends a name of every object': payment({ inputs: [{ spends: 'constructor:0' }] }),
  'with one name twice': { transactions: { b1: {} } },
  'with a block called genesis': { blocks: { genesis: {} } },
  'with a key called anyone': { keys: ['anyone'] },
  'with a blank in a name': { keys: ['a b'] },
  'without nodes': { nodes: {} },
  'with an unknown peer': { nodes: { a: { peers: ['z'] } } },
  'on an unknown chain': { chain: 'moon' },
  'on a chain called as every object is': { chain: 'constructor' },
  'with an unknown limit': { chain: { base: 'tiny', limits: { gasLimit: 5 } } },
  'with a limit of nothing': { chain: { base: 'tiny', limits: { targetSpacingSeconds: 0 } } },
  'with a first block of zeros': { chain: { ...tiny, genesisBlock: '00'.repeat(81) } },
  'with a byte behind the first block': { chain: { ...tiny, genesisBlock: `${tiny.genesisBlock}00` } },
  'with half a first block': { chain: { ...tiny, genesisBlock: tiny.genesisBlock.slice(0, 200) } },
  'with a time before 1970': block({ time: 'parent-99999999999' }),
  'with a time after 2106': block({ time: 'parent+99999999999' }),
  'with a time beyond numbers': block({ time: `parent+${'9'.repeat(400)}` }),
  'with a negative time': block({ time: -1 }),
  'with half a second': block({ time: 1.5 }),
  'that starts never': raw({}, '"title"', '"startTime":1e400,"title"'),
  'with an amount of infinity': raw(block({ coinbase: { value: 1 } }), '"value":1', '"value":1e400'),
  'with odd hex': block({ coinbase: { script: 'abc' } }),
  'with hex in capitals': block({ coinbase: { script: 'AB' } }),
  'with bits of zero': block({ bits: '00000000' }),
  'with bits that take a farm': block({ bits: '03000001' }),
  'with a target that nothing misses': block({ bits: '22ffffff', mine: 'fail' }),
  'with an edit far outside': block({ edits: [{ offset: 9e15, bytes: '00' }] }),
  'with an edit between bytes': block({ edits: [{ offset: 0.5, bytes: '00' }] }),
  'with an edit of the wrong length': block({ edits: [{ field: 'nonce', bytes: '00' }] }),
  'with an edit of a witness that is not there': block({ edits: [{ transaction: 3, witness: [] }] }),
  'with an unknown lock': block({ coinbase: { to: { magic: 1 } } }),
  'with an undeclared key': block({ coinbase: { to: 'mallory' } }),
  'with an unknown opcode': block({ coinbase: { to: { script: 'OP_NONSENSE' } } }),
  'with an open bracket': block({ coinbase: { to: { script: '<0xab' } } }),
  'that copies a proof that is not there': payment({ inputs: [{ spends: 'b1:0', unlock: { copy: 'x:0' } }] }),
  'that copies a proof of no form': payment({ inputs: [{ spends: 'b1:0', unlock: { copy: 'no colon' } }] }),
  'with two rests': payment({ outputs: Array(2).fill({ to: 'a', value: 'rest' }) }),
  'with a lock time of no block': payment({ lockTime: { medianTimeOf: 'zz' } }),
  'with a lock time beyond 32 bits': payment({ lockTime: { medianTimeOf: 'b1', plus: FAR } }),
  'that goes back in time': steps({ at: 10, ...SEND }, { at: 5, ...TIP }),
  'with a never that has no end': steps(SEND, { ...TIP, never: true }),
  'that expects nothing': steps(SEND, { do: 'expect' }),
  'that does not say to whom': { nodes: { a: {}, b: {} } },
  'with a row that runs backwards': steps({ do: 'send', items: ['a9..a1'] }),
  'with a row of 10^8 names': steps({ do: 'send', items: ['a1..a99999999'] }),
  'with a row of 10^10 names': steps({ do: 'send', items: ['a1..a9999999999'] }),
  'with a run of 100,000 blocks': { runs: { r: { extends: 'genesis', count: 100_000 } } },
  'with two million blocks': {
    runs: Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`r${index}x`, { extends: 'genesis', count: 10_000 }]),
    ),
  },
  'with a run that takes a name': { runs: { b: { extends: 'genesis', count: 2 } } },
  'that ends in 30 years': steps(SEND, { at: 1e12, ...TIP }),
  'that never ends': steps(SEND, { at: FAR, ...TIP }),
  'that waits for ever': steps(SEND, { ...TIP, withinMs: FAR }),
  'of two nodes that ends in three years': {
    nodes: { a: { peers: ['b'] }, b: {} },
    ...steps({ ...SEND, to: ['a'] }, { at: 1e11, ...TIP }),
  },
  'of 200 nodes, each linked with each': {
    nodes: Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `n${index}`,
        { peers: Array.from({ length: index }, (__, other) => `n${other}`) },
      ]),
    ),
    ...steps({ ...SEND, to: ['n0'] }, TIP),
  },
  'nested 200,000 deep': NESTED,
  'with a field nested 50,000 deep': raw(
    {},
    '"steps"',
    `"surprise":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)},"steps"`,
  ),
}

const ODD: Cases = {
  'with a block called constructor': {
    blocks: { constructor: { extends: 'genesis' } },
    ...steps({ do: 'send', items: ['constructor'] }, { do: 'expect', tip: 'constructor' }),
  },
  'with a node called toString': { nodes: { toString: {} }, ...steps({ ...SEND, to: ['toString'] }, TIP) },
  'with an amount beyond 63 bits': block({ coinbase: { value: '9999999999999999999' } }),
  'with a negative amount': block({ coinbase: { value: -1 } }),
  'with a great deal more': block({ coinbase: { value: { plus: FAR } } }),
  'that repeats more than there is': block({ repeatLast: 1e9 }),
  'without any transaction': block({ omitCoinbase: true }),
  'with a header alone': block({ raw: '00'.repeat(80) }),
  'with a block of 2^64 transactions': block({ raw: `${'00'.repeat(80)}ffffffffffffffffff` }),
  'with a number of 400 digits': block({ coinbase: { to: { script: '9'.repeat(400) } } }),
  'with a chain that no block can meet': { chain: { base: 'tiny', limits: { powLimit: '0'.repeat(64) } } },
  'with a first block easier than its chain': {
    chain: { base: 'tiny', limits: { powLimit: `${'0'.repeat(63)}1` } },
  },
  'with a clock that is far ahead': steps({ do: 'clock', node: 'node', offsetSeconds: FAR }, SEND, TIP),
  'with a clock that is far behind': steps({ do: 'clock', node: 'node', offsetSeconds: -FAR }, SEND, TIP),
  'with a slow disk': steps({ do: 'disk', node: 'node', fault: 'slow', argument: FAR }, SEND, {
    at: 1000,
    do: 'expect',
    height: 0,
  }),
  'with a node that never comes back': steps({ do: 'crash', node: 'node', atWrite: 0 }, SEND, TIP),
  'that restarts what is up': steps({ do: 'restart', node: 'node' }, SEND, TIP),
  'that resumes what is not paused': steps({ do: 'resume', node: 'node' }, SEND, TIP),
  'with a message of 10 MB': steps({ do: 'message', to: ['node'], bytes: 'ff'.repeat(10 << 20) }, SEND, TIP),
  'with a title of 10 MB': { title: 'x'.repeat(10 << 20) },
  'with a mark at its start': `\ufeff${story()}`,
}

/** Odd enough that either answer is right. */
const EITHER: Cases = {
  'with a prototype': raw({}, '"title"', '"__proto__":{"polluted":1},"title"'),
  'with a block called __proto__': raw({}, '"b1":', '"__proto__":{"extends":"genesis"},"b1":'),
  'with a tip called hasOwnProperty': steps(SEND, { do: 'expect', tip: 'hasOwnProperty' }),
  'with keys twice': { keys: ['a', 'a'] },
  'with a node that is its own peer': { nodes: { a: { peers: ['a'] } } },
  'with one signature of sixteen': {
    keys: ['a'],
    ...block({ coinbase: { to: { multisig: { need: 16, keys: ['a'] } } } }),
  },
  'with a huge window': { chain: { base: 'tiny', limits: { medianTimeSpanBlocks: FAR } } },
  'with huge limits': {
    chain: {
      base: 'tiny',
      limits: {
        retargetIntervalBlocks: 1,
        targetSpacingSeconds: FAR,
        maxBlockWeight: FAR,
        maxFutureSeconds: FAR,
      },
    },
  },
  'with a threshold above its window': {
    chain: {
      base: 'tiny',
      deployments: { taproot: { kind: 'bip9', bit: 1, startTime: 0, timeout: 1, threshold: 10, window: 3 } },
    },
  },
  'with a latency of 285,000 years': {
    nodes: { a: { peers: ['b'] }, b: {} },
    network: { latencyMs: FAR },
    ...steps({ ...SEND, to: ['a'] }, { at: 1e6, do: 'expect', nodes: ['a'], tip: 'b1' }),
  },
  'with a drift of everything': steps(
    { do: 'clock', node: 'node', offsetSeconds: 0, driftPpm: FAR },
    { at: 1000, ...SEND },
    TIP,
  ),
  'with an empty block': block({ raw: '' }),
  'with keys of JSON twice': raw(
    {},
    '"title":"a title"',
    '"title":"x","title":"y","chain":"regtest","chain":"tiny"',
  ),
}

const play = (scenario: Changes | string, node: string, exit: BadInput['exit']) =>
  expectHandled({
    argv: ['replay', 's.json', '--node', node],
    files: { 's.json': typeof scenario === 'string' ? scenario : story(scenario) },
    exit,
  })

describe('a scenario is refused', () => {
  it.each(Object.entries(REFUSED))('%s', (_, scenario) => play(scenario, 'builtin', [2]))
})

/** What the specification cannot play at all is left out: inconclusive. */
const ON_EITHER = { builtin: [], spec: [3] } as const

describe.each(Object.entries(ON_EITHER))('on %s', (node, leftOut) => {
  it.each(Object.entries(ODD))('a scenario is played %s', (_, scenario) =>
    play(scenario, node, [...PLAYED, ...leftOut]),
  )
  it.each(Object.entries(EITHER))('a scenario is played or refused %s', (_, scenario) =>
    play(scenario, node, [...PLAYED_OR_REFUSED, ...leftOut]),
  )
})
