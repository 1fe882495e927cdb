import { describe, expect, it } from 'vitest'
import { coin, crypto, hex, script, spendOf, transaction } from '../testing/script-engine.ts'
import { bytesToHex, concatBytes } from '../wire/index.ts'
import { FLAG } from './flags.ts'
import { encodePush } from './script-walk.ts'
import { countLegacySigops, countP2shSigops, countSigops, countWitnessSigops, sigopsCost } from './sigops.ts'

const x = (bytes: Uint8Array) => `<${bytesToHex(bytes)}>`
const p2sh = (redeem: Uint8Array) => script(`HASH160 ${x(crypto.hash160(redeem))} EQUAL`)

describe('signature operations of a script', () => {
  it('count one, or twenty for a multisignature unless its keys are counted', () => {
    const text = 'CHECKSIG CHECKSIGVERIFY 2 CHECKMULTISIG 16 CHECKMULTISIGVERIFY CHECKSIGADD'
    expect(countSigops(script(text), false)).toBe(42)
    expect(countSigops(script(text), true)).toBe(20)
  })

  it('a count that does not stand directly before counts twenty', () => {
    expect(countSigops(script('2 CHECKSIG CHECKMULTISIG'), true)).toBe(21)
    expect(countSigops(script('0 CHECKMULTISIG'), true)).toBe(20)
    expect(countSigops(script('<02> CHECKMULTISIG'), true)).toBe(20)
    expect(countSigops(script('17 CHECKMULTISIG'), true)).toBe(20)
  })

  it('a truncated push ends the count and keeps what was counted', () => {
    expect(countSigops(script('CHECKSIG 0x05ac'), false)).toBe(1)
  })
})

describe('signature operations of a transaction', () => {
  const redeem = script('2 <aa> <bb> 2 CHECKMULTISIG CHECKSIG')

  it('in P2SH: the last push of a push-only scriptSig', () => {
    const spent = [coin(p2sh(redeem))]
    expect(countP2shSigops(spendOf({ scriptSig: concatBytes(script('0'), encodePush(redeem)) }), spent)).toBe(
      3,
    )
    expect(
      countP2shSigops(spendOf({ scriptSig: concatBytes(script('NOP'), encodePush(redeem)) }), spent),
    ).toBe(0)
    expect(countP2shSigops(spendOf({ scriptSig: concatBytes(encodePush(redeem), script('1')) }), spent)).toBe(
      0,
    )
    expect(countP2shSigops(spendOf({ scriptSig: encodePush(redeem) }), [coin(redeem)])).toBe(0)
  })

  it('in witnesses: version 0 only, bare and inside P2SH', () => {
    const none = new Uint8Array(0)
    const keyHash = script(`0 <${'11'.repeat(20)}>`)
    const scriptHash = script(`0 <${'11'.repeat(32)}>`)
    expect(countWitnessSigops(none, keyHash, [])).toBe(1)
    expect(countWitnessSigops(none, scriptHash, [hex('aa'), redeem])).toBe(3)
    expect(countWitnessSigops(none, scriptHash, [])).toBe(0)
    expect(countWitnessSigops(encodePush(keyHash), p2sh(keyHash), [])).toBe(1)
    expect(countWitnessSigops(concatBytes(script('NOP'), encodePush(keyHash)), p2sh(keyHash), [])).toBe(0)
    expect(countWitnessSigops(none, script(`1 <${'11'.repeat(32)}>`), [redeem])).toBe(0)
    expect(countWitnessSigops(none, script(`0 <${'11'.repeat(21)}>`), [redeem])).toBe(0)
    expect(countWitnessSigops(none, redeem, [redeem])).toBe(0)
  })

  it('cost four outside witnesses, by flags, and a coinbase has no coins', () => {
    const keyHash = script(`0 <${'11'.repeat(20)}>`)
    const tx = transaction({
      version: 1,
      lockTime: 0,
      inputs: [
        { prevTxid: new Uint8Array(32).fill(1), prevIndex: 0, scriptSig: encodePush(redeem), sequence: 0 },
        { prevTxid: new Uint8Array(32).fill(1), prevIndex: 1, scriptSig: script('CHECKSIG'), sequence: 0 },
      ],
      outputs: [{ value: 1, script: script('CHECKMULTISIG') }],
    })
    const spent = [coin(p2sh(redeem)), coin(keyHash)]
    expect(countLegacySigops(tx)).toBe(21)
    expect(sigopsCost(tx, spent, 0)).toBe(84)
    expect(sigopsCost(tx, spent, FLAG.P2SH)).toBe(84 + 12)
    expect(sigopsCost(tx, spent, FLAG.P2SH | FLAG.WITNESS)).toBe(84 + 12 + 1)
    const coinbase = transaction({
      version: 1,
      lockTime: 0,
      inputs: [
        { prevTxid: new Uint8Array(32), prevIndex: 0xffffffff, scriptSig: script('CHECKSIG'), sequence: 0 },
      ],
      outputs: [],
    })
    expect(sigopsCost(coinbase, [], FLAG.P2SH | FLAG.WITNESS)).toBe(4)
  })
})
