import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../adapters/index.ts'
import type { Engine, ScriptRequest } from '../../../ports/index.ts'
import { buildCase } from '../scripts/build-case.ts'
import { scriptCase } from '../scripts/draw-case.ts'
import { judgeLines } from './index.ts'

const spec = createEngine('spec')
const node = createEngine('node')
const TRANSACTION = `0100000001${'00'.repeat(32)}0000000000ffffffff0100000000000000000000000000`

async function judge(lines: readonly string[], engines: readonly Engine[] = [spec, node], pieceBytes = 64) {
  const bytes = Buffer.from(lines.join('\n'))
  const differing: string[] = []
  let said = ''
  const tally = await judgeLines({
    engines,
    input: pieces(bytes, pieceBytes),
    say: async (text) => {
      said += text
    },
    onDifference: (line) => differing.push(line),
  })
  return { answers: said.split('\n').slice(0, -1), tally, differing }
}

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const lineOf = ({ flags, inputIndex, transaction, spentOutputs }: ScriptRequest) =>
  [
    'script',
    flags.join(',') || '-',
    inputIndex,
    hex(transaction),
    ...spentOutputs.map(({ value, script }) => `${value}:${hex(script)}`),
  ].join(' ')

describe('a line in, a verdict out', () => {
  it('gives the verdict of a script, a transaction and a block', async () => {
    const { answers, tally } = await judge([
      `script P2SH,WITNESS 0 ${TRANSACTION} 5000:51`,
      `script - 0 ${TRANSACTION} 5000:`,
      `transaction ${TRANSACTION}`,
      'transaction 01000000000000000000',
      'transaction 0100',
      'script - 0 0100 5:51',
      'block regtest P2SH 00',
    ])
    expect(answers).toEqual([
      'OK',
      'EVAL_FALSE',
      'ok',
      'bad-txns-vin-empty',
      'decode-failed',
      'decode-failed',
      'decode-failed',
    ])
    expect(tally).toEqual({ lines: 7, differences: 0, errors: 0 })
  })

  it('gives what the engines say of generated scripts, in order', async () => {
    const flags = ['P2SH', 'WITNESS', 'TAPROOT', 'DERSIG']
    const requests = fc
      .sample(scriptCase, { seed: 5, numRuns: 60 })
      .map((drawn) => ({ ...buildCase(drawn), flags }))
    const { answers, tally } = await judge(requests.map(lineOf), undefined, 1000)
    expect(answers).toEqual(requests.map((request) => spec.scripts!.verifyScript(request)))
    expect(new Set(answers).size).toBeGreaterThan(5)
    expect(tally).toEqual({ lines: 60, differences: 0, errors: 0 })
  })

  it('reports engines that differ, and one that breaks down', async () => {
    const lax: Engine = { ...node, scripts: { ...node.scripts!, verifyScript: () => 'OK' } }
    const broken: Engine = {
      ...node,
      scripts: {
        ...node.scripts!,
        verifyScript: () => {
          throw new TypeError('x is undefined')
        },
      },
    }
    const lines = [`script - 0 ${TRANSACTION} 5:`, `script - 0 ${TRANSACTION} 5:51`]
    expect(await judge(lines, [spec, lax])).toMatchObject({
      answers: ['DIFFER spec=EVAL_FALSE node=OK', 'OK'],
      tally: { lines: 2, differences: 1, errors: 0 },
      differing: [lines[0]],
    })
    expect((await judge(lines, [broken])).answers[0]).toBe('DIFFER node=broken:"x is undefined"')
  })
})

describe('a line that asks nothing gets an error, and the next is answered', () => {
  it.each([
    ['frobnicate', '"frobnicate": expected script, transaction or block'],
    ['constructor', '"constructor": expected script, transaction or block'],
    [`script p2sh 0 ${TRANSACTION} 5:51`, '"p2sh": expected flags such as P2SH,WITNESS, or -'],
    [`script NOPE 0 ${TRANSACTION} 5:51`, 'unknown script flag: NOPE'],
    [`script - x ${TRANSACTION} 5:51`, 'the input: expected a number, got "x"'],
    [`script - 0 ${TRANSACTION.toUpperCase()}A 5:51`, 'the transaction: expected lower-case hex'],
    [`script - 0 ${TRANSACTION} 5`, '"5": expected a coin, SATS:SCRIPT'],
    [`script - 0 ${TRANSACTION} -5:51`, '"-5:51": expected a coin, SATS:SCRIPT'],
    [`script - 0 ${TRANSACTION} 5:5`, 'the script of a coin: expected lower-case hex'],
    [`script - 0 ${TRANSACTION}`, 'expected a coin for each of 1 inputs, got 0'],
    [`script - 1 ${TRANSACTION} 5:51`, 'input 1: expected one of 1'],
    [`transaction ${TRANSACTION} 00`, '"00": expected nothing more'],
    ['block nowhere - 00', '"nowhere": expected the name of a chain'],
  ])('%s', async (line, message) => {
    const { answers, tally } = await judge([line, `transaction ${TRANSACTION}`])
    expect(answers[0]).toContain(`ERROR ${message}`)
    expect(answers[1]).toBe('ok')
    expect(tally).toEqual({ lines: 2, differences: 0, errors: 1 })
  })
})
