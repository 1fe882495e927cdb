/** Programs that speak the protocol badly: judged, or refused in one line; they end with us and write nothing of our output. */
import { describe, expect, it } from 'vitest'
import { type BadInput, expectHandled, saidOf, story } from './testing.ts'

/** A handler that answers well, but for one kind of request, which its argument names with what to say instead. */
const HANDLER = `
import { createInterface } from 'node:readline'
import { writeSync } from 'node:fs'
const [op, badly] = process.argv.slice(2)
const say = (text) => writeSync(1, text + '\\n')
const well = ({ id, op }) => JSON.stringify({
  hello: { id, name: 'foreign', capabilities: ['blocks', 'balance'] },
  deliver: { id, verdict: { outcome: 'connected' } },
  query: { id, value: { hash: 'ab'.repeat(32), height: 1, chainWork: '4' } },
}[op] ?? { id, done: true })
const BADLY = {
  exit: () => process.exit(7),
  nothing: () => {},
  twice: (line) => { say(well(JSON.parse(line))); say(well(JSON.parse(line))) },
  stray: (line) => { say('debug: connected a block'); say(well(JSON.parse(line))) },
  endless: () => { try { for (let n = 0; n < 64; n++) writeSync(1, 'x'.repeat(1 << 20)) } catch {} },
  deaf: (line) => { setInterval(() => {}, 1000); say(well(JSON.parse(line))) },
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, op: asked } = JSON.parse(line)
  if (asked !== op) return say(well({ id, op: asked }))
  if (Object.hasOwn(BADLY, badly)) return BADLY[badly](line)
  say(badly.replaceAll('ID', id))
})
`

const REQUESTS = { hello: [2], deliver: [1], query: [1] } as const
/** Patience: long enough for a busy machine, but where silence is what is waited for. */
function input(op: string, badly: string, exit: BadInput['exit'], patience = '50s'): BadInput {
  const node = `stdio:"${process.execPath}" foreign.mjs ${op} '${badly}'`
  const files = { 's.json': story(), 'foreign.mjs': HANDLER }
  return { argv: ['conform', 's.json', '--timeout', patience, '--node', node], files, exit }
}

const conform = (op: string, badly: string, exit: BadInput['exit']) => expectHandled(input(op, badly, exit))

for (const [op, exit] of Object.entries(REQUESTS))
  describe(`a program that answers ${op}`, () => {
    it.each([
      'exit',
      'endless',
      'garbage',
      'null',
      '{"id":"ID","done":true}',
      '{"id":ID,"__proto__":{"done":true}}',
      '{"id":ID,"error":"a\\nb\\n    at fake (file.js:1:1)"}',
    ])('with %s', (badly) => conform(op, badly, exit))
  })

describe('a program that', () => {
  it('says a line too many, or has a stray one, fails that story', async () => {
    await conform('deliver', 'twice', [1])
    await conform('deliver', 'stray', [1])
  })

  it('says nothing is waited for as long as is asked', () =>
    expectHandled({ ...input('hello', 'nothing', [2], '1s'), says: 'no answer within 1 s' }))

  it('never ends by itself is ended', () => conform('deliver', 'deaf', [1]))

  it('gives an unknown class gets the field in the error', () =>
    expectHandled({
      ...input('deliver', '{"id":ID,"verdict":{"outcome":"rejected","class":"certain"}}', [1]),
      says: 'class',
    }))

  it('does not exist, or ends at once, is a usage error', async () => {
    for (const command of ['/nonexistent/program', 'exit 7', 'true', 'cat'])
      await expectHandled({
        argv: ['conform', 's.json', '--node', `stdio:${command}`],
        files: { 's.json': story() },
      })
  })

  it('writes escapes and lines of ours into a reason cannot forge our output', async () => {
    const reason = '\\u001b[2J\\r   ok  everything\\n122 passed, 0 failed\\n::error::owned'
    const badly = `{"id":ID,"verdict":{"outcome":"rejected","class":"invalid","reason":"${reason}"}}`
    const said = await saidOf(input('deliver', badly, [1]))
    expect(said).not.toContain('\u001b')
    expect(said).not.toMatch(/^(122 passed|::error| {3}ok {2}everything)/m)
  })
})
