import { describe, expect, it } from 'vitest'
import { createSpecEngine } from '../../../adapters/index.ts'
import type { ContextFreeFunctions, Engine, ScriptFunctions } from '../../../ports/index.ts'
import {
  ByteReader,
  bytesToHex,
  displayHash,
  parseTransaction,
  readTransaction,
  transactionBytes,
} from '../../../wire/index.ts'
import { requireBytes } from '../content.ts'
import type { VectorContent } from '../format.ts'
import { assemble } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { scriptFormats } from './index.ts'

const honest = createSpecEngine()
const json = (value: unknown): VectorContent => ({ bytes: new Uint8Array(), json: value })

/** Failures of a file on an engine that answers some questions otherwise than the specification. */
function failures(
  content: VectorContent,
  lies: Partial<ScriptFunctions & ContextFreeFunctions> = {},
): string[] {
  const formats = scriptFormats.filter(({ detects }) => detects(content))
  expect(formats).toHaveLength(1)
  return formats[0]!.read(content).cases.flatMap(({ id, run }) => {
    const verdict = run(liar(lies))
    return verdict === 'pass'
      ? []
      : [`${id}: ${'fail' in verdict ? verdict.fail : `skipped, ${verdict.skip}`}`]
  })
}

/** The specification, but for these answers. */
function liar(lies: Partial<ScriptFunctions & ContextFreeFunctions>): Engine {
  const { scripts, contextFree } = honest
  return { ...honest, scripts: { ...scripts, ...lies }, contextFree: { ...contextFree, ...lies } }
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

  it('another error is reported', () => {
    expect(failures(file, { verifyScript: () => 'VERIFY' })).toEqual([
      'row 1: true: expected OK, got VERIFY',
      'row 2: expected EVAL_FALSE, got VERIFY',
      'row 3: expected OK, got VERIFY',
    ])
  })

  it('a flag that relaxes is reported', () => {
    const verifyScript: ScriptFunctions['verifyScript'] = (request) =>
      request.flags.includes('NULLDUMMY') ? 'OK' : honest.scripts.verifyScript(request)
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
  const raw = readTransaction(new ByteReader(transaction))
  const row = (flags: string) => [
    [[displayHash(raw.inputs[0]!.txid), 0, '1 1 0 0 CHECKMULTISIG NIP', Number(spentOutputs[0]!.value)]],
    bytesToHex(transaction),
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

  it('a missing output is reported', () => {
    const [prevouts, ...rest] = row('NONE')
    const elsewhere = [['00'.repeat(32), ...(prevouts as unknown[][])[0]!.slice(1)], ...rest]
    expect(() => failures(json([...VALID, [[elsewhere[0]], ...rest]]))).toThrow(
      /^row 2: the transaction spends .*, which is not listed$/,
    )
  })

  it('come apart and together again', () => {
    expect(transactionBytes(raw)).toEqual(transaction)
    const withWitness = {
      ...raw,
      inputs: [{ ...raw.inputs[0]!, witness: [requireBytes('0102'), requireBytes('')] }],
    }
    expect(parseTransaction(transactionBytes(withWitness))).toEqual(withWitness)
    expect(() => readTransaction(new ByteReader(transaction.slice(0, -1)))).toThrow('ends 1 bytes too early')
  })
})

describe('other formats', () => {
  it('a wrong answer is reported', () => {
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

describe('every row counts', () => {
  const VALID = ['The following are transactions which are valid.']
  const test = ['1', '', 'P2SH', 'OK']
  const sighash = ['00', '51', 0, 1, '01'.repeat(32)]
  const asset = { tx: '00', prevouts: ['00'], index: 0, flags: '', comment: 'c' }
  const spend = { scriptSig: '', witness: [] }

  it.each([
    ['a script test without an error', [test, ['1', '', 'P2SH']], 'row 1: expected [[witness'],
    [
      'a script test with an unknown word',
      [test, ['1 NOTHING', '', '', 'OK']],
      'row 1: no word of a script: NOTHING',
    ],
    [
      'a script test with an error in lower case',
      [test, ['1', '', '', 'ok']],
      'row 1: expected the name of an error, got ok',
    ],
    [
      'a misspelt flag',
      [test, ['1', '', 'P2HS', 'OK']],
      'row 1: unknown script flag P2HS; did you mean P2SH?',
    ],
    [
      'a flag in lower case',
      [test, ['1', '', 'p2sh', 'OK']],
      'row 1: expected the name of a script flag, got p2sh',
    ],
    [
      'an output to be made from no tree',
      [test, [[0], '', '0x51 0x20 #TAPROOTOUTPUT#', '', 'OK']],
      'row 1: expected a control block',
    ],
    ['a number among the rows', [test, 5], 'row 1: expected [[witness'],
    [
      'a short hash',
      [sighash, [...sighash.slice(0, 4), '01']],
      'row 1: expected a hash of 64 hex digits, got 01',
    ],
    [
      'a hash type that is a text',
      [sighash, ['00', '51', 0, '1', sighash[4]]],
      'row 1: expected [transaction, script',
    ],
    ['a transaction that is not hex', [VALID, [[], 'zz', 'NONE']], 'row 1: expected a transaction in hex'],
    ['a transaction without flags', [VALID, [[], '00']], 'row 1: expected [[[txid'],
    ['an asset that asks nothing', [asset], 'asset 0: expected success or failure'],
    ['a misspelt key', [{ ...asset, success: spend, flag: '' }], 'asset 0: Unrecognized key: "flag"'],
    ['an asset of no input', [{ ...asset, index: 1, success: spend }], 'asset 0: index: there is no input 1'],
    [
      'a signature that is none',
      ['non-hex strings are ignored', '30zz'],
      'row 1: expected a signature in hex',
    ],
  ])('%s is an error with its number', (_, rows, message) => {
    expect(() => failures(json(rows))).toThrow(message)
  })

  it('what Core gave up is skipped and counted, comments are counted apart', () => {
    const givenUp = ['1', '0 CHECKLOCKTIMEVERIFY', 'DISCOURAGE_UPGRADABLE_NOPS', 'DISCOURAGE_UPGRADABLE_NOPS']
    const former = ['', '0x05 0x0000000000 1ADD', 'P2SH', 'UNKNOWN_ERROR']
    const content = json([['a comment'], givenUp, former])
    const table = scriptFormats.find(({ detects }) => detects(content))!.read(content)
    expect(table).toMatchObject({ rows: 3, comments: 1 })
    expect(table.cases.map(({ run }) => run(honest))).toEqual([
      { skip: 'no version of Core does any more what it asks for' },
      'pass',
    ])
  })

  it('a hash in upper case is a hash', () => {
    const hash = `${'00'.repeat(31)}AB`
    const engine = { signatureHash: () => `ab${'00'.repeat(31)}` }
    expect(failures(json([['00', '51', 0, 1, hash]]), engine)).toEqual([])
  })
})
