import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../encoding/index.ts'
import { input, output, transaction } from '../rules/testing.ts'
import { verifyInput } from '../script/index.ts'
import type { Transaction } from '../vocabulary/index.ts'
import { bip119 } from './bip119.ts'

const NOP4 = 0xb3
const ON = new Set(bip119.features)

function spend(spender: Transaction, script: Uint8Array, features: ReadonlySet<string> = ON) {
  const spentOutputs = spender.inputs.map(() => output(0, script))
  return verifyInput({
    transaction: spender,
    inputIndex: 0,
    spentOutputs,
    features,
    extension: bip119.extension,
  })
}

/** Version 2, lock time 9, one input of sequence ffffffff, one output of 5 sats to OP_TRUE, first input. */
const spender = transaction({ lockTime: 9, outputs: [output(5)] })
const hashOf = (digits: string) => toHex(sha256(fromHex(digits)))
const template = hashOf(
  `02000000${'09000000'}${'01000000'}${hashOf('ffffffff')}${'01000000'}${hashOf('05000000000000000151')}00000000`,
)
const demands = (digits: string) => Uint8Array.of(digits.length / 2, ...fromHex(digits), NOP4)

describe('OP_CHECKTEMPLATEVERIFY', () => {
  it('holds for the template and for nothing else', () => {
    expect(spend(spender, demands(template))).toBe('OK')
    for (const other of [
      { version: 1 },
      { lockTime: 8 },
      { outputs: [output(4)] },
      { inputs: [input(), input({ index: 1 })] },
    ])
      expect(spend({ ...spender, ...other }, demands(template))).toBe('TEMPLATE_MISMATCH')
  })
  it('does not bind the outpoint', () => {
    expect(spend({ ...spender, inputs: [input({ index: 7 })] }, demands(template))).toBe('OK')
  })
  it('binds input scripts where there are any', () => {
    const scripted = { ...spender, inputs: [input({ scriptSig: Uint8Array.of(0x51) })] }
    expect(spend(scripted, demands(template))).toBe('TEMPLATE_MISMATCH')
  })
  it('is a NOP for arguments of other lengths, and where it is not in force', () => {
    expect(spend(spender, demands('aa'.repeat(31)))).toBe('OK')
    expect(spend(spender, demands('aa'.repeat(31)), new Set([...ON, 'DISCOURAGE_UPGRADABLE_NOPS']))).toBe(
      'DISCOURAGE_UPGRADABLE_NOPS',
    )
    expect(spend(spender, demands('aa'.repeat(32)), new Set())).toBe('OK')
    expect(spend(spender, Uint8Array.of(NOP4))).toBe('INVALID_STACK_OPERATION')
  })
})
