import {
  type Block,
  type Branch,
  type Chain,
  chainByName,
  decodeChainFile,
  type ForkState,
  openChain,
  receiveBlock,
} from '../../../../spec/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import { readChainBlocks } from '../../../conformance/index.ts'
import { type CompiledScenario, createForge, readScenarioFile } from '../../../scenario/index.ts'
import { UsageError } from '../../usage-error.ts'

/** The chain that won among all blocks of a file, as the specification sees it. */
export interface ActiveChain {
  readonly chain: Chain
  /** From block 1 on. */
  readonly blocks: readonly Block[]
  /** Blocks that were refused, each in one line. */
  readonly refused: readonly string[]
  /** What the file should hold and does not, so that the book may be too short. */
  readonly missing: readonly string[]
  /** Names of transactions, where the file gives any. */
  readonly names: ReadonlyMap<string, string>
  /** Names of owners by their script in hex, where the file gives any. */
  readonly owners: ReadonlyMap<string, string>
  /** Output of a named transaction or block, `name:0`, as an outpoint with its id. */
  resolveOutpoint(text: string): string
  /** The script of a named key; undefined when the file names no such key. */
  scriptOfName(name: string): Uint8Array | undefined
}

/** Reads a file of blocks in any known wrapping, or a scenario, whose blocks are taken in the order of its steps. @throws UsageError */
export function readActiveChain(path: string): ActiveChain {
  const blocks = readBlocks(path)
  return blocks ?? readStory(path)
}

function readBlocks(path: string): ActiveChain | undefined {
  const file = readChainBlocks(path)
  if (file === undefined) return undefined
  const chain = chainByName(file.chain)!
  const followed = follow(chain, file.blocks)
  return {
    ...followed,
    missing: [...(file.missing === undefined ? [] : [file.missing]), ...followed.missing],
    names: new Map(),
    owners: new Map(),
    resolveOutpoint: (text) => text,
    scriptOfName: () => undefined,
  }
}

function readStory(path: string): ActiveChain {
  const compiled = readScenarioFile(path, chainLookup)
  const decoded = decodeChainFile(compiled.chainFile)
  if (!decoded.ok) throw new UsageError(`${path}: ${decoded.error}`)
  const { scenario, chainFile, startTimeMs, items } = compiled
  const forge = createForge(chainFile, startTimeMs / 1000, scenario)
  return {
    ...follow(decoded.chain, blocksSent(compiled)),
    names: namesById(compiled),
    owners: new Map(scenario.keys.map((key) => [Buffer.from(forge.script(key)).toString('hex'), key])),
    resolveOutpoint(text) {
      const [name, index] = text.split(':') as [string, string | undefined]
      const item = items.get(name)
      const id = item?.kind === 'block' ? item.coinbase.hash : item?.hash
      return id === undefined ? text : `${id}:${index ?? ''}`
    },
    scriptOfName: (name) => (scenario.keys.includes(name) ? forge.script(name) : undefined),
  }
}

/** A block's name stands for its coinbase. */
function namesById({ items, names }: CompiledScenario): Map<string, string> {
  const coinbases = [...items.values()].flatMap((item) =>
    item.kind === 'block' ? [[item.coinbase.hash, item.name] as const] : [],
  )
  return new Map([...names, ...coinbases])
}

/** Every block that some step sends, once, in that order. */
function blocksSent({ steps, items }: CompiledScenario): Uint8Array[] {
  const names = new Set(
    steps.flatMap((step) => (step.do === 'send' && step.as === 'whole' ? step.items : [])),
  )
  return [...names].flatMap((name) => {
    const item = items.get(name)
    return item?.kind === 'block' ? [item.bytes] : []
  })
}

function follow(
  chain: Chain,
  blocks: readonly Uint8Array[],
): Pick<ActiveChain, 'chain' | 'blocks' | 'refused' | 'missing'> {
  const refused: string[] = []
  let orphans = 0
  let state = openChain(chain)
  for (const block of blocks) {
    const received = receiveBlock(state, block, Number.MAX_SAFE_INTEGER)
    state = received.state
    if (received.verdict.outcome !== 'rejected') continue
    if (received.verdict.class === 'missing') orphans++
    else refused.push(`${received.verdict.reason}: ${received.verdict.detail}`)
  }
  const missing = orphans === 0 ? [] : [`the parents of ${orphans} blocks`]
  return { chain, blocks: activeBlocks(state), refused, missing }
}

function activeBlocks(state: ForkState): Block[] {
  const blocks: Block[] = []
  for (let at: Branch = state.tip; at.parent !== undefined; at = at.parent)
    blocks.push(state.blocks.get(at.hash)!)
  return blocks.reverse()
}
