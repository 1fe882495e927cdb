import { unspecifiedRules } from '../chains/index.ts'
import { type BlockNode, Chainstate, protectStore, rulesDigest } from '../chainstate/index.ts'
import { createScriptMemory } from '../mempool/index.ts'
import { hashKey, hashToHex } from '../wire/index.ts'
import { NodeCore } from './core.ts'
import type { NodeSetup } from './setup.ts'
import type { NodeEffect, NodeEvent } from './types.ts'
import { NodeView } from './view.ts'

/** A node without input or output: events go in, effects come out, in one synchronous call. */
export interface Node {
  /** `nowMs`: Unix time. Whatever the two stores throw comes through; the node must then be thrown away. */
  step(event: NodeEvent, nowMs: number): readonly NodeEffect[]
  readonly view: NodeView
}

/** Opens a node on what its storage holds. Throws StoreError. */
export function createNode(setup: NodeSetup): Node {
  const salt = Math.floor(setup.entropy() * 0x100000000)
  const rules = hashKey(rulesDigest(setup.chain, setup.crypto))
  const { forPool, forBlocks } = createScriptMemory(setup.checks, rules)
  const store = protectStore(setup.store)
  const scriptsTurned = (block: BlockNode, reason: string | undefined) =>
    core.log('info', describeTurn(block, reason))
  const chainstate = new Chainstate({
    ...setup,
    store,
    checks: forBlocks,
    salt,
    ...(setup.assumeValid === undefined ? {} : { scriptsTurned }),
  })
  const core: NodeCore = new NodeCore(chainstate, { ...setup, store, checks: forPool })
  if (chainstate.notice !== undefined) core.log('warning', chainstate.notice)
  const view = new NodeView(core)
  const step: Node['step'] = (event, nowMs) => core.step(event, nowMs)
  return {
    step: setup.chain.specifiedBelowHeight === undefined ? step : warning(step, setup.chain, view),
    view,
  }
}

/** What the operator said of scripts, even that none are to be skipped, is answered in the log. [Core ConnectBlock] */
function describeTurn({ height, hash }: BlockNode, reason: string | undefined): string {
  const block = `script verification at block #${height} (${hashToHex(hash)})`
  return reason === undefined ? `Disabling ${block}.` : `Enabling ${block}: ${reason}.`
}

/** Says at the start, and whenever the tip reaches them, that there are rules which the node does not know. */
function warning(step: Node['step'], chain: NodeSetup['chain'], view: NodeView): Node['step'] {
  let last: string | undefined
  return (event, nowMs) => {
    const effects = step(event, nowMs)
    const found = unspecifiedRules(chain, view.tip().height)
    if (found === undefined || found.level === last) return effects
    last = found.level
    return [...effects, { kind: 'log', ...found }]
  }
}

export type { IndexOptions, NodeSetup } from './setup.ts'
export type { NodeEffect, NodeEvent } from './types.ts'
export type { NodeView } from './view.ts'
