/** The stdio door from the side of a client that sends anything. */
import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine } from '../../adapters/index.ts'
import { serveStdio } from '../../conformance/index.ts'

/** Answers to what is sent, as JSON; sent in pieces of this size. */
async function answersTo(
  input: string | Uint8Array,
  pieceBytes = 1 << 16,
): Promise<Record<string, unknown>[]> {
  const bytes = Buffer.from(input)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  let said = ''
  await serveStdio(createEngine('node'), pieces(), { write: (text) => (said += text) })
  return said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

const HELLO = '{"id":1,"op":"hello","protocol":"touchstone-stdio/1"}\n'
const RESET = '{"id":2,"op":"reset","chain":"regtest"}\n'
const deliver = (kind: string, bytes: string, now: number | string = 1) =>
  `{"id":3,"op":"deliver","kind":"${kind}","bytes":"${bytes}","now":${now}}\n`
const tiny = chainLookup('tiny')!
const open = (chain: unknown) => `${JSON.stringify({ id: 2, op: 'reset', chain })}\n`

describe('a line that is no request is answered with an error', () => {
  it.each([
    ['half of one', '{"id":1,"op":\n'],
    ['a number', '5\n'],
    ['null', 'null\n'],
    ['a list', '[]\n'],
    ['lists, 500,000 deep', `${'['.repeat(500_000)}${']'.repeat(500_000)}\n`],
    [
      'objects, 200,000 deep',
      `{"id":1,"op":"hello","x":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}\n`,
    ],
    ['a number beyond numbers', '{"id":1e400,"op":"bye"}\n'],
    ['a negative number', '{"id":-1,"op":"bye"}\n'],
    ['an unknown request', '{"id":1,"op":"sing"}\n'],
    ['another protocol', '{"id":1,"op":"hello","protocol":"touchstone-stdio/2"}\n'],
    ['a block before a chain', deliver('block', '00')],
    ['an unknown chain', open('zz')],
    ['the prototype of chains', open('__proto__')],
    ['half a chain', open({ format: 'touchstone-chain/2' })],
    ['a chain of garbage', open({ ...tiny, genesisBlock: '00'.repeat(90) })],
    ['a chain with a byte too many', open({ ...tiny, genesisBlock: `${tiny.genesisBlock}00` })],
  ])('%s', async (_, line) => {
    expect(await answersTo(line)).toEqual([
      { id: expect.any(Number), error: expect.stringMatching(/^[^\n]+$/) },
    ])
  })
})

describe('what is delivered gets one answer', () => {
  const ITEMS: Readonly<Record<string, string>> = {
    nothing: '',
    'one byte': '00',
    zeros: '00'.repeat(200),
    ones: 'ff'.repeat(200),
    'a count of 2^64': `${'00'.repeat(80)}ffffffffffffffffff`,
    'a count of 10^9': `${'00'.repeat(80)}fe00ca9a3b`,
    'a script of 4 GB': `0100000001${'00'.repeat(36)}feffffffff`,
    'inputs without end': '01000000fe00ca9a3b',
    '4 MB and a byte': '00'.repeat((4 << 20) + 1),
  }
  for (const kind of ['header', 'block', 'transaction'])
    it.each(Object.entries(ITEMS))(`${kind} of %s`, async (_, bytes) => {
      const [, answer, ...more] = await answersTo(RESET + deliver(kind, bytes))
      expect(answer).toMatchObject({ id: 3, verdict: { outcome: 'rejected' } })
      expect(more).toEqual([])
    })

  it.each([
    ['odd hex', deliver('block', '0')],
    ['hex in capitals', deliver('block', 'AB')],
    ['a time beyond numbers', deliver('header', '00'.repeat(80), '1e400')],
    ['a balance of nobody', '{"id":3,"op":"query","what":"balance","script":"5"}\n'],
    ['an unknown block made invalid', `{"id":3,"op":"invalidate","block":"${'ab'.repeat(32)}"}\n`],
  ])('%s', async (_, line) => {
    expect(await answersTo(RESET + line)).toHaveLength(2)
  })
})

describe('lines', () => {
  it('may come in any pieces, without their last end, with carriage returns and blank ones between', async () => {
    for (const size of [1, 7, 1_000])
      expect(
        await answersTo(`${HELLO}\r\n\n${RESET.trim()}\r\n${deliver('block', '00').trim()}`, size),
      ).toHaveLength(3)
  })

  it('without end are bounded', async () => {
    const [answer, ...more] = await answersTo(Buffer.alloc(40 << 20, 0x78))
    expect(answer).toMatchObject({ error: expect.stringContaining('expected lines of at most') })
    expect(more).toEqual([])
  })

  it('of noise end nothing but themselves', async () => {
    const noise = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 2_654_435_761) >>> 24))
    const answers = await answersTo(Buffer.concat([noise, Buffer.from(`\n${HELLO}`)]))
    expect(answers.at(-1)).toMatchObject({ id: 1, name: 'node' })
  })

  it('of 2,000 chains opened one after the other are answered', async () => {
    expect(await answersTo(RESET.repeat(2_000))).toHaveLength(2_000)
  })

  it('end the session with bye, not with a text that holds the word', async () => {
    const text = '{"id":2,"op":"reset","chain":"\\"op\\":\\"bye\\""}\n'
    expect(await answersTo(text + HELLO)).toHaveLength(2)
    for (const bye of ['{"id":1,"op":"bye"}', '{"id":1,"\\u006fp":"b\\u0079e"}'])
      expect(await answersTo(`${bye}\n${HELLO}`)).toEqual([{ id: 1, done: true }])
  })
})
