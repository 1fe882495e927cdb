import { describe, expect, it } from 'vitest'
import type { Transaction } from '../vocabulary/index.ts'
import { NULL_HASH, NULL_INDEX } from '../vocabulary/index.ts'
import { assemble } from './assemble.ts'
import { legacySigops, p2shSigops, sigopCost, witnessSigops } from './sigops.ts'
import type { TestSpend } from './testing.ts'
import { payToScriptHash, payToWitnessScript, spentOutputOf, transactionOf } from './testing.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const paying = (script: string): Transaction => ({
  ...transactionOf({}),
  outputs: [{ ...transactionOf({}).outputs[0]!, script: assemble(script) }],
})

describe('legacy signature operations', () => {
  it.each([
    ['CHECKSIG CHECKSIGVERIFY', 2],
    ['0 IF CHECKSIG ENDIF', 1],
    ['1 CHECKMULTISIG', 20],
    ['2 CHECKMULTISIGVERIFY', 20],
    ['<ac> CHECKSIG', 1],
    ['CHECKSIG 0x4c CHECKSIG', 1],
    ['CHECKSIGADD', 0],
  ])('%s counts %d', (script, count) => {
    expect(legacySigops(paying(script))).toBe(count)
    expect(legacySigops(transactionOf({ scriptSig: assemble(script) }))).toBe(count)
  })
})

describe('signature operations of redeem scripts', () => {
  const count = (redeem: string, prefix = '') => {
    const script = assemble(redeem)
    const spend: TestSpend = {
      output: payToScriptHash(script),
      scriptSig: assemble(`${prefix} <${hex(script)}>`),
    }
    return p2shSigops(transactionOf(spend).inputs[0]!, spentOutputOf(spend))
  }

  it.each([
    ['CHECKSIG', 1],
    ['0 CHECKMULTISIG', 20],
    ['1 CHECKMULTISIG', 1],
    ['16 CHECKMULTISIG', 16],
    ['17 CHECKMULTISIG', 20],
    ['2 NOP CHECKMULTISIG', 20],
  ])('%s counts %d', (redeem, expected) => {
    expect(count(redeem)).toBe(expected)
  })

  it('an input script that does not only push counts none', () => {
    expect(count('CHECKSIG', 'NOP')).toBe(0)
  })

  it('other outputs count none', () => {
    const spend: TestSpend = { output: assemble('CHECKSIG'), scriptSig: assemble('<ac>') }
    expect(p2shSigops(transactionOf(spend).inputs[0]!, spentOutputOf(spend))).toBe(0)
  })
})

describe('signature operations of witnesses', () => {
  const count = (spend: TestSpend) => witnessSigops(transactionOf(spend).inputs[0]!, spentOutputOf(spend))
  const script = assemble('2 CHECKMULTISIG')
  const program = payToWitnessScript(script)

  it('a key hash counts one, a script what it holds, bare or wrapped', () => {
    expect(count({ output: assemble(`0 <${'00'.repeat(20)}>`) })).toBe(1)
    expect(count({ output: program, witness: [script] })).toBe(2)
    expect(count({ output: program })).toBe(0)
    const wrapped = { output: payToScriptHash(program), witness: [script] }
    expect(count({ ...wrapped, scriptSig: assemble(`<${hex(program)}>`) })).toBe(2)
    expect(count({ ...wrapped, scriptSig: assemble(`NOP <${hex(program)}>`) })).toBe(0)
  })

  it('other versions and lengths count none', () => {
    expect(count({ output: assemble(`1 <${'00'.repeat(32)}>`), witness: [script] })).toBe(0)
    expect(count({ output: assemble(`0 <${'00'.repeat(30)}>`), witness: [script] })).toBe(0)
  })
})

describe('the cost of a transaction', () => {
  const program = assemble(`0 <${'00'.repeat(20)}>`)
  const spend: TestSpend = { output: payToScriptHash(program), scriptSig: assemble(`<${hex(program)}>`) }
  const cost = (transaction: Transaction, features: string[], spent = spend) =>
    sigopCost(transaction, [spentOutputOf(spent)], new Set(features))

  it('is four outside the witness and one inside, by feature', () => {
    const transaction = { ...paying('CHECKSIG'), inputs: transactionOf(spend).inputs }
    expect([cost(transaction, []), cost(transaction, ['P2SH', 'WITNESS'])]).toEqual([4, 5])
    const redeem = { output: payToScriptHash(assemble('CHECKSIG')), scriptSig: assemble('<ac>') }
    expect([[], ['P2SH']].map((features) => cost(transactionOf(redeem), features, redeem))).toEqual([0, 4])
  })

  it('a coinbase spends nothing', () => {
    const outpoint = { txid: NULL_HASH, index: NULL_INDEX }
    const inputs = [{ ...transactionOf({ scriptSig: assemble('CHECKSIG') }).inputs[0]!, outpoint }]
    expect(sigopCost({ ...transactionOf({}), inputs }, [], new Set(['P2SH', 'WITNESS']))).toBe(4)
  })
})
