import {
  type Block,
  type Branch,
  blockHash,
  type Chain,
  type Checklist,
  createJudges,
  decodeBlock,
  decodeHeader,
  diagnoseBlock,
  type ForkState,
  hash,
  type Judges,
  type Limits,
  openChain,
  rulesOf,
  stages,
} from '../../../../spec/index.ts'
import { createSpecMemory, openSpecSession, type SpecMemory, specChain } from '../../../adapters/index.ts'
import type { ChainSession, Rejection, SpecOracle, Verdict } from '../../../ports/index.ts'
import type { RuleAccount } from './account.ts'

/** The specification as judge of one chain, whose account says which rules its items broke and met. */
export function createRuleListener(
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
  /** Hashes of the headers that are in the tree. */
  const held = new Set([seen.tip.hash as string])
  const memory = remembering(createSpecMemory(account.ask), (block, coins) => {
    seen = { ...seen, coins: seen.coins.set(blockHash(block.header), coins) }
  })
  const session = openSpecSession(reference, memory)
  return {
    ...session,
    deliverHeader: (bytes, now) => {
      const verdict = account.judge(() => session.deliverHeader(bytes, now))
      note(bytes, verdict)
      return verdict
    },
    deliverBlock: (bytes, now) => {
      const verdict = account.judge(() => session.deliverBlock(bytes, now))
      note(bytes.slice(0, HEADER_BYTES), verdict)
      if (isByRule(verdict)) diagnose(bytes, now, verdict)
      return verdict
    },
    deliverTransaction: (bytes, now) => {
      const verdict = account.judge(() => session.deliverTransaction(bytes, now))
      // Of all other rules nobody can say which of them a unconfirmed transaction breaks beside the first.
      if (isByRule(verdict) && verdict.rule === 'not-coinbase') account.broken(new Set([verdict.rule]))
      return verdict
    },
  }

  function note(header: Uint8Array, verdict: Verdict): void {
    const isHeld =
      ['connected', 'stored', 'duplicate'].includes(verdict.outcome) ||
      (isByRule(verdict) && ASKED_OF_HELD.has(verdict.rule))
    const decoded = isHeld ? decodeHeader(header) : undefined
    if (decoded?.ok) held.add(blockHash(decoded.value))
  }

  function diagnose(bytes: Uint8Array, now: number, { rule }: ByRule): void {
    const decoded = decodeBlock(bytes)
    if (!decoded.ok) {
      account.broken(new Set([rule]), false)
      return
    }
    const { previous } = decoded.value.header
    const parent = held.has(previous) ? branchOf(previous) : undefined
    const state: ForkState =
      parent === undefined ? seen : { ...seen, headers: seen.headers.set(hash(parent.hash), parent) }
    const violations = [...diagnoseBlock(state, decoded.value, now)]
    account.broken(new Set(violations.map((violation) => violation.rule.id)), state.coins.has(previous))
  }
}

type ByRule = Rejection & { readonly rule: string }

const HEADER_BYTES = 80
/** The rules that are asked of a block when its header is in the tree. */
const ASKED_OF_HELD = new Set(
  [stages.block, stages.spending].flatMap((list) =>
    [...rulesOf(list as Checklist<unknown, Limits>)].map(({ rule }) => rule.id),
  ),
)

function isByRule(verdict: Verdict): verdict is ByRule {
  return verdict.outcome === 'rejected' && verdict.rule !== undefined
}

type Coins = Extract<ReturnType<Judges['connect']>, { ok: true }>['coins']

/** Reports the coins after each block that is connected. */
function remembering(memory: SpecMemory, hear: (block: Block, coins: Coins) => void): SpecMemory {
  const plain = createJudges(memory.ask)
  const judges: Judges = {
    ...plain,
    connect: (resolved, block, parent, under) => {
      const connected = plain.connect(resolved, block, parent, under)
      if (connected.ok) hear(block, connected.coins)
      return connected
    },
  }
  return { ...memory, judges: () => judges }
}
