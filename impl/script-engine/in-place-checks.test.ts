import { describe, expect, it } from 'vitest'
import { coin, crypto, script, spendOf } from '../testing/script-engine.ts'
import type { SignatureMemory } from './caches/signature-cache.ts'
import type { Crypto } from './crypto.ts'
import { InPlaceChecks, type VerdictMemory } from './in-place-checks.ts'
import { scriptErrorName } from './script-error.ts'

const KEY = '02'.padEnd(66, '1')

/** A crypto backend for which every signature is right, and that counts how often it was asked. */
function agreeable(): { readonly crypto: Crypto; asked: number } {
  const state = { asked: 0, crypto }
  state.crypto = {
    ...crypto,
    verifyEcdsa: () => {
      state.asked++
      return true
    },
  }
  return state
}

/** Checks of one-input spends: `true` succeeds after one signature, `false` fails. */
function checksOf(outcomes: readonly boolean[]) {
  return outcomes.map((succeeds, i) => {
    const signature = `300602010102010${(i % 9) + 1}01`
    return {
      tx: spendOf({ scriptSig: script(`<${signature}>`), lockTime: i }),
      spent: [coin(script(`<${KEY}> CHECKSIG ${succeeds ? '' : 'NOT'}`))],
      inputIndex: 0,
      flags: 0,
    }
  })
}

const rotated = (count: number) => Array.from({ length: count }, (_, i) => (i + 2) % count)
const reversed = (count: number) => Array.from({ length: count }, (_, i) => count - 1 - i)

describe('script checks in place', () => {
  it('report the lowest failing index whatever the order', () => {
    for (const schedule of [undefined, reversed, rotated]) {
      const checks = new InPlaceChecks({ crypto: agreeable().crypto, ...(schedule && { schedule }) })
      const submitted = checksOf([true, false, true, false, false])
      for (const [i, check] of submitted.entries()) checks.submit(i, check)
      const failed = checks.settle()
      expect([failed?.index, scriptErrorName(failed?.error ?? 0)]).toEqual([1, 'EVAL_FALSE'])
      expect(checks.settle()).toBeUndefined()
    }
  })

  it('teach the signature memory the same in every order, and nothing from the failure on', () => {
    const learn = (schedule?: (count: number) => number[]) => {
      const learnt: string[] = []
      const signatures: SignatureMemory = { has: () => false, add: (entry) => learnt.push(entry) }
      const checks = new InPlaceChecks({
        crypto: agreeable().crypto,
        signatures,
        ...(schedule && { schedule }),
      })
      for (const [i, check] of checksOf([true, true, false, true]).entries()) checks.submit(i, check)
      checks.settle()
      return learnt
    }
    expect(learn().length).toBe(2)
    expect(learn(reversed)).toEqual(learn())
  })

  it('ask the signature memory first', () => {
    const backend = agreeable()
    const known = new Set<string>()
    const checks = new InPlaceChecks({ crypto: backend.crypto, signatures: known })
    for (let round = 0; round < 2; round++) {
      checks.submit(0, checksOf([true])[0]!)
      expect(checks.settle()).toBeUndefined()
    }
    expect(backend.asked).toBe(1)
  })

  it('remember verdicts by transaction, witness, coins, input and flags', () => {
    const backend = agreeable()
    const verdicts: VerdictMemory & Map<string, number> = new Map()
    const settle = (check: ReturnType<typeof checksOf>[number]) => {
      const checks = new InPlaceChecks({ crypto: backend.crypto, verdicts })
      checks.submit(0, check)
      return checks.settle()
    }
    const check = checksOf([true])[0]!
    expect(settle(check)).toBeUndefined()
    expect(settle({ ...check, spent: [...check.spent] })).toBeUndefined()
    expect(backend.asked).toBe(1)
    settle({ ...check, flags: 1 })
    settle({ ...check, spent: [{ ...check.spent[0]!, value: 7 }] })
    expect(backend.asked).toBe(3)
    const tampered = { ...check, spent: [coin(script('0'))] }
    expect(settle(tampered)?.index).toBe(0)
    expect(verdicts.size).toBe(4)
  })
})
