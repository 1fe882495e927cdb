import {
  type Block,
  type Branch,
  blockHash,
  type Chain,
  decodeBlock,
  diagnoseBlock,
  type ForkState,
  hash,
  type Judges,
  openChain,
  plainJudges,
} from '../../../../spec/index.ts'
import { specChain } from '../../../adapters/spec-chains.ts'
import { createSpecMemory, type SpecMemory } from '../../../adapters/spec-memory.ts'
import { openSpecSession } from '../../../adapters/spec-session.ts'
import type { ChainSession } from '../../../ports/engine.ts'
import type { SpecOracle } from '../../../ports/oracle.ts'
import type { Rejection, Verdict } from '../../../ports/verdict.ts'
import type { RuleAccount } from './account.ts'

/** The specification as judge of one chain, whose account says which rules its items broke and met. */
export function createWitness(
  account: RuleAccount,
  branchOf: (blockHash: string) => Branch | undefined,
): SpecOracle {
  return { openChain: (reference) => witnessed(specChain(reference), reference, account, branchOf) }
}

function witnessed(
  chain: Chain,
  reference: Parameters<SpecOracle['openChain']>[0],
  account: RuleAccount,
  branchOf: (blockHash: string) => Branch | undefined,
): ChainSession {
  let seen = openChain(chain)
  const memory = remembering(createSpecMemory(), (block, coins) => {
    seen = { ...seen, coins: seen.coins.set(blockHash(block.header), coins) }
  })
  const session = openSpecSession(reference, memory)
  return {
    ...session,
    deliverHeader: (bytes, now) => account.judge(() => session.deliverHeader(bytes, now)),
    deliverBlock: (bytes, now) => {
      const verdict = account.judge(() => session.deliverBlock(bytes, now))
      if (isByRule(verdict)) account.broken(faultsOf(bytes, now, verdict))
      return verdict
    },
    deliverTransaction: (bytes, now) => {
      const verdict = account.judge(() => session.deliverTransaction(bytes, now))
      // Of all other rules nobody can tell which of them a loose transaction breaks beside the first.
      if (isByRule(verdict) && verdict.rule === 'not-coinbase') account.broken(new Set([verdict.rule]))
      return verdict
    },
  }

  function faultsOf(bytes: Uint8Array, now: number, { rule }: Rejection & { rule: string }): Set<string> {
    const decoded = decodeBlock(bytes)
    if (!decoded.ok) return new Set([rule])
    const parent = rule === 'parent-known' ? undefined : branchOf(decoded.value.header.previous)
    const state: ForkState =
      parent === undefined ? seen : { ...seen, headers: seen.headers.set(hash(parent.hash), parent) }
    return new Set([...diagnoseBlock(state, decoded.value, now)].map((violation) => violation.rule.id))
  }
}

function isByRule(verdict: Verdict): verdict is Rejection & { rule: string } {
  return verdict.outcome === 'rejected' && verdict.rule !== undefined
}

type Coins = Extract<ReturnType<Judges['connect']>, { ok: true }>['coins']

/** Tells of the coins after each block that is connected. */
function remembering(memory: SpecMemory, hear: (block: Block, coins: Coins) => void): SpecMemory {
  const judges: Judges = {
    ...plainJudges,
    connect: (resolved, block, parent, under) => {
      const connected = plainJudges.connect(resolved, block, parent, under)
      if (connected.ok) hear(block, connected.coins)
      return connected
    },
  }
  return { block: memory.block, judges: () => judges }
}
