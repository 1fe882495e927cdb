import { describe, expect, test } from 'vitest'
import { InPlaceChecks } from '../script-engine/index.ts'
import { testChain } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { crypto, LATER, TestChain } from '../testing/test-chain.ts'
import type { Transaction, TxOutput } from '../wire/index.ts'
import { Mempool } from './mempool.ts'
import { CONSENSUS_POLICY, type MempoolPolicy, RELAY_POLICY } from './policy.ts'

const NEVER = Uint8Array.of(0x00)
/** True, and then what asks for a transaction of version 2. [BIP112] */
const LOCKED = Uint8Array.of(0x51, 0xb2)
const WITNESS_PROGRAM = Uint8Array.of(0x00, 32, ...crypto.sha256(ANYONE))
const SATS = 1_000_000

/** One input of a transaction: the output it spends, and how. */
interface Spend {
  readonly of: Transaction
  readonly index?: number
  readonly witness?: readonly Uint8Array[]
}

/** A pool over a chain in which one transaction has made a coin for each of these scripts. */
function poolOf(
  scripts: readonly Uint8Array[],
  policy: Partial<MempoolPolicy> = {},
  deployments: Readonly<Record<string, unknown>> = {},
) {
  const node = new TestChain(testChain(crypto, { deployments }))
  const { chainstate, forge } = node
  const mempool = new Mempool(chainstate, new InPlaceChecks({ crypto }), { ...CONSENSUS_POLICY, ...policy })
  const [first] = node.mineMany(7).map((block) => block.transactions[0]!)
  const pay = (spends: readonly Spend[], outputs: readonly TxOutput[] = [{ value: 1, script: ANYONE }]) =>
    forge.transaction({
      version: 1,
      inputs: spends.map(({ of, index = 0, witness = [] }) => ({
        prevTxid: of.txid,
        prevIndex: index,
        scriptSig: new Uint8Array(0),
        sequence: 0xffffffff,
        witness,
      })),
      outputs,
    })
  const coins = pay(
    [{ of: first! }],
    scripts.map((script) => ({ value: SATS, script })),
  )
  node.mine({ transactions: [coins], fees: 0 })
  const judge = (transaction: Transaction) => {
    const outcome = mempool.accept(transaction, LATER)
    return outcome.kind === 'refused' ? outcome : outcome.kind
  }
  return { coins, pay, judge }
}

describe('a script that fails', () => {
  const inWitness = { rejection: { class: 'mutated' }, otherWitness: true }

  test('in a witness, or for want of one, condemns these bytes alone', () => {
    const { coins, pay, judge } = poolOf([WITNESS_PROGRAM])
    const altered = pay([{ of: coins, witness: [NEVER] }])
    const stripped = pay([{ of: coins }])
    const honest = pay([{ of: coins, witness: [ANYONE] }])
    expect(altered.txid).toEqual(honest.txid)
    expect(judge(altered)).toMatchObject(inWitness)
    expect(judge(stripped)).toMatchObject(inWitness)
    expect(judge(honest)).toBe('accepted')
  })

  test('without a witness holds for ever, whatever the other inputs carry', () => {
    const { coins, pay, judge } = poolOf([NEVER, WITNESS_PROGRAM])
    const spend = pay([{ of: coins }, { of: coins, index: 1, witness: [ANYONE] }])
    expect(judge(spend)).toMatchObject({ rejection: { class: 'invalid' }, otherWitness: false })
  })

  test('in a script as well as in a witness holds for ever, whichever comes first', () => {
    for (const scripts of [
      [WITNESS_PROGRAM, NEVER],
      [NEVER, WITNESS_PROGRAM],
    ]) {
      const { coins, pay, judge } = poolOf(scripts)
      const spend = pay(
        scripts.map((script, index) => ({ of: coins, index, witness: script === NEVER ? [] : [NEVER] })),
      )
      expect(judge(spend)).toMatchObject({ rejection: { class: 'invalid' }, otherWitness: false })
    }
  })

  test('with a witness that has no part in it holds for ever', () => {
    const { coins, pay, judge } = poolOf([NEVER])
    expect(judge(pay([{ of: coins, witness: [ANYONE] }]))).toMatchObject({ rejection: { class: 'invalid' } })
    const odd = poolOf([Uint8Array.of(0x00, 2, 7, 7)])
    expect(odd.judge(odd.pay([{ of: odd.coins, witness: [ANYONE] }]))).toMatchObject({
      rejection: {
        class: 'invalid',
        reason: 'mempool-script-verify-flag-failed (WITNESS_PROGRAM_WRONG_LENGTH)',
      },
    })
  })

  test('under the relay policy alone is distinguished from one that a block may not contain', () => {
    // Version 2 of witness programs is anybody's by consensus, and discouraged by policy.
    const program = Uint8Array.of(0x52, 32, ...crypto.sha256(ANYONE))
    const { coins, pay, judge } = poolOf([program], { ...RELAY_POLICY, requireStandard: false })
    expect(judge(pay([{ of: coins }]))).toMatchObject({ rejection: { class: 'premature', basis: 'policy' } })
  })

  test('under a fork still to come is distinguished from one that fails now', () => {
    const soon = poolOf([LOCKED], {}, { csv: { kind: 'height', height: 50 } })
    expect(soon.judge(soon.pay([{ of: soon.coins }]))).toMatchObject({
      rejection: { class: 'premature', basis: 'upgrade' },
    })
    const now = poolOf([LOCKED], {}, { csv: { kind: 'always' } })
    const outcome = now.judge(now.pay([{ of: now.coins }]))
    expect(outcome).toMatchObject({ rejection: { class: 'invalid' } })
    expect(outcome).not.toHaveProperty('rejection.basis')
  })
})

describe('a conflict in a pool without replacement is asked about last', () => {
  function contested() {
    const world = poolOf([ANYONE, NEVER])
    expect(world.judge(world.pay([{ of: world.coins }]))).toBe('accepted')
    return world
  }

  test('after values', () => {
    const { coins, pay, judge } = contested()
    const outcome = judge(pay([{ of: coins }], [{ value: SATS + 1, script: ANYONE }]))
    expect(outcome).toMatchObject({ rejection: { class: 'invalid', reason: 'bad-txns-in-belowout' } })
  })

  test('after scripts', () => {
    const { coins, pay, judge } = contested()
    const outcome = judge(pay([{ of: coins }, { of: coins, index: 1 }]))
    expect(outcome).toMatchObject({
      rejection: { class: 'invalid', reason: 'mempool-script-verify-flag-failed (EVAL_FALSE)' },
    })
  })

  test('and refuses what is valid otherwise until a block decides', () => {
    const { coins, pay, judge } = contested()
    expect(judge(pay([{ of: coins }], [{ value: 2, script: ANYONE }]))).toMatchObject({
      rejection: { class: 'premature', reason: 'txn-mempool-conflict', basis: 'policy' },
    })
  })
})
