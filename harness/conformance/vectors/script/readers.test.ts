import { describe, expect, it } from 'vitest'
import { createSpecEngine } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import type { VectorContent } from '../format.ts'
import { assemble } from './assembler.ts'
import { fromHex, toHex } from './bytes.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { scriptFormats } from './index.ts'
import { readTransaction, writeTransaction } from './raw-transaction.ts'

const honest = createSpecEngine()
const json = (value: unknown): VectorContent => ({ bytes: new Uint8Array(), json: value })

/** Failures of a file on an engine that answers some questions otherwise than the specification. */
function failures(content: VectorContent, lies: Partial<Engine> = {}): string[] {
  const formats = scriptFormats.filter(({ detects }) => detects(content))
  expect(formats).toHaveLength(1)
  return [...formats[0]!.cases(content)].flatMap(({ id, run }) => {
    const verdict = run({ ...honest, ...lies })
    return verdict === 'pass' ? [] : [`${id}: ${verdict.fail}`]
  })
}

describe('script tests', () => {
  const file = json([
    ['a comment'],
    ['1', '', 'P2SH', 'OK', 'true'],
    ['0', '', 'P2SH', 'EVAL_FALSE'],
    [
      ['01', '#SCRIPT# 1 EQUAL', '#CONTROLBLOCK#', 0.00000001],
      '',
      '0x51 0x20 #TAPROOTOUTPUT#',
      'P2SH,WITNESS,TAPROOT',
      'OK',
    ],
  ])

  it('an honest engine passes', () => {
    expect(failures(file)).toEqual([])
  })

  it('another error is told', () => {
    expect(failures(file, { verifyScript: () => 'VERIFY' })).toEqual([
      'row 1: true: expected OK, got VERIFY',
      'row 2: expected EVAL_FALSE, got VERIFY',
      'row 3: expected OK, got VERIFY',
    ])
  })

  it('a flag that loosens is told', () => {
    const verifyScript: Engine['verifyScript'] = (request) =>
      request.flags.includes('NULLDUMMY') ? 'OK' : honest.verifyScript(request)
    expect(failures(file, { verifyScript })).toEqual([
      'row 2: OK under P2SH,NULLDUMMY, but EVAL_FALSE as listed',
    ])
  })

  it('older files may name older errors, current files may not', () => {
    const emptyIf = ['', 'IF 1 ENDIF', 'P2SH', 'UNBALANCED_CONDITIONAL']
    expect(failures(json([emptyIf]))).toHaveLength(1)
    expect(failures(json([emptyIf, ['', '0x05 0x0000000000 1ADD', 'P2SH', 'UNKNOWN_ERROR']]))).toEqual([])
  })
})

describe('transactions', () => {
  const { transaction, spentOutputs } = creditAndSpend(
    new Uint8Array(),
    assemble('1 0 0 0 CHECKMULTISIG NIP'),
  )
  const raw = readTransaction(transaction)
  const outpoint = raw.inputs[0]!.outpoint
  const row = (flags: string) => [
    [
      [
        toHex(outpoint.slice(0, 32).reverse()),
        0,
        '1 1 0 0 CHECKMULTISIG NIP',
        Number(spentOutputs[0]!.value),
      ],
    ],
    toHex(transaction),
    flags,
  ]
  const VALID = [
    ['The following are transactions which are valid.'],
    ['serializedTransaction, excluded verifyFlags]'],
  ]
  const FORMER = [
    ['The following are transactions which are valid.'],
    ['serializedTransaction, verifyFlags]'],
  ]
  const INVALID = [['The following are transactions which are invalid.'], ['Use BADTX for verifyFlags']]

  it('are valid without the flags named, and not with them', () => {
    expect(failures(json([...VALID, row('NULLDUMMY')]))).toEqual([])
    expect(failures(json([...VALID, row('NONE')]))[0]).toContain('expected OK, got SIG_NULLDUMMY')
    expect(failures(json([...VALID, row('NULLDUMMY,LOW_S')]))[0]).toContain('expected a failure, got OK')
  })

  it('older files name the flags to apply', () => {
    expect(failures(json([...FORMER, row('P2SH')]))).toEqual([])
    expect(failures(json([...FORMER, row('NULLDUMMY')]))).toHaveLength(1)
  })

  it('are invalid with the flags named', () => {
    expect(failures(json([...INVALID, row('NULLDUMMY')]))).toEqual([])
    expect(failures(json([...INVALID, row('NONE')]))).toEqual([
      'row 2: expected a failure, got OK under no flags',
    ])
  })

  it('BADTX breaks a rule without scripts, others do not', () => {
    expect(failures(json([...INVALID, row('BADTX')]))).toEqual(['row 2: expected a broken rule, got ok'])
    expect(failures(json([...INVALID, row('NULLDUMMY')]), { checkTransaction: () => 'bad' })).toEqual([
      'row 2: expected ok, got bad',
    ])
  })

  it('a missing output is told', () => {
    const [prevouts, ...rest] = row('NONE')
    const elsewhere = [['00'.repeat(32), ...(prevouts as unknown[][])[0]!.slice(1)], ...rest]
    expect(() => failures(json([...VALID, [[elsewhere[0]], ...rest]]))).toThrow('no output')
  })

  it('come apart and together again', () => {
    expect(writeTransaction(raw)).toEqual(transaction)
    const withWitness = { ...raw, inputs: [{ ...raw.inputs[0]!, witness: [fromHex('0102'), fromHex('')] }] }
    expect(readTransaction(writeTransaction(withWitness))).toEqual(withWitness)
    expect(() => readTransaction(transaction.slice(0, -1))).toThrow('ends 1 bytes too early')
  })
})

describe('other formats', () => {
  it('a wrong answer is told', () => {
    const hash = 'ab'.repeat(32)
    const sighash = json([['raw_transaction, script'], ['00', '51', 0, 1, `01${'00'.repeat(31)}`]])
    expect(failures(sighash, { signatureHash: () => `${'00'.repeat(31)}01` })).toEqual([])
    expect(failures(sighash, { signatureHash: () => hash })).toHaveLength(1)

    const head = 'index,secret key,public key,aux_rand,message,signature,verification result,comment'
    const csv = { bytes: new TextEncoder().encode(`${head}\n0,,00,,00,00,FALSE,a, b`) }
    expect(failures(csv)).toEqual([])
    expect(failures(csv, { verifySchnorr: () => true })).toEqual([
      'signature 0: a, b: expected false, got true',
    ])

    const canonical = json(['300602010002010001'])
    expect(failures(canonical)).toEqual([])
    expect(failures(canonical, { isStrictDer: () => false })).toHaveLength(1)
    const wrong = json(['non-hex strings are ignored', 'too short:', '30050201FF020001'])
    expect(failures(wrong)).toEqual([])
    expect(failures(wrong, { verifyScript: () => 'OK' })).toHaveLength(1)
  })
})
