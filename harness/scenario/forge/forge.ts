import type { ChainFile } from '../../ports/index.ts'
import { blockHash, headerField, hexToBytes, workOfBits } from '../../wire/index.ts'
import type { CompiledBlock, CompiledItem, CompiledTransaction } from '../compiled.ts'
import { ScenarioError } from '../error.ts'
import type { BlockSpec, Lock, TransactionSpec } from '../format/index.ts'
import { type BuiltBlock, buildBlock } from './block.ts'
import { applyEdits } from './edits.ts'
import { createKeyRing } from './keys.ts'
import { resolveLock } from './lock.ts'
import { createMiner } from './mine.ts'
import { scriptNumber } from './script.ts'
import { type BuiltTransaction, buildTransaction, rawTransaction } from './transaction.ts'

/** The named things of a scenario; may grow while a forge works on it. */
export interface ForgePlan {
  readonly keys: readonly string[]
  readonly transactions: Readonly<Record<string, TransactionSpec>>
  readonly blocks: Readonly<Record<string, BlockSpec>>
}

/** Makes named blocks and transactions into bytes, each once, with whatever they rest on. */
export interface Forge {
  readonly genesis: CompiledBlock
  /** @throws ScenarioError when nothing has this name or a part of it is wrong. */
  item(name: string, path?: string): CompiledItem
  block(name: string, path?: string): CompiledBlock
  transaction(name: string, path?: string): CompiledTransaction
  /** The script of an output with this lock. */
  script(lock: Lock, path?: string): Uint8Array
}

interface ForgedBlock {
  readonly built: BuiltBlock
  readonly compiled: CompiledBlock
}

/** A scenario is forged from the ground up, so that only what rests upon itself, through many others, goes deeper. */
const DEPTH_MAX = 200

/** The name of the chain's first block in every scenario. */
export const GENESIS = 'genesis'

export function createForge(chainFile: ChainFile, startTimeSeconds: number, plan: ForgePlan): Forge {
  const keyRing = createKeyRing(plan.keys)
  const mine = createMiner(chainFile.proofOfWork)
  const blocks = new Map<string, ForgedBlock>([[GENESIS, forgeGenesis(chainFile)]])
  const transactions = new Map<string, BuiltTransaction>()
  const underWay = new Set<string>()

  return {
    genesis: blocks.get(GENESIS)!.compiled,
    item: (name, path = '') =>
      isBlock(name) ? blockOf(name, path).compiled : transactionOf(name, path).compiled,
    block: (name, path = '') => blockOf(name, path).compiled,
    transaction: (name, path = '') => transactionOf(name, path).compiled,
    script: (lock, path = '') => scriptOf(lock, path),
  }

  function isBlock(name: string): boolean {
    return name === GENESIS || Object.hasOwn(plan.blocks, name)
  }

  function transactionOf(name: string, path: string): BuiltTransaction {
    const known = transactions.get(name)
    if (known !== undefined) return known
    if (!Object.hasOwn(plan.transactions, name))
      throw new ScenarioError(path, `no transaction named "${name}"`)
    const built = once(name, path, () =>
      buildTransaction(name, plan.transactions[name]!, { keyRing, placeholder, sourceOf, timeOf }),
    )
    transactions.set(name, built)
    return built
  }

  function blockOf(name: string, path: string): ForgedBlock {
    const known = blocks.get(name)
    if (known !== undefined) return known
    if (!isBlock(name)) throw new ScenarioError(path, `no block named "${name}"`)
    const forged = once(name, path, () => forgeBlock(name, plan.blocks[name]!))
    blocks.set(name, forged)
    return forged
  }

  function forgeBlock(name: string, spec: BlockSpec): ForgedBlock {
    const path = `blocks.${name}`
    if (spec.copyOf !== undefined) {
      if (spec.extends !== undefined)
        throw new ScenarioError(`${path}.extends`, 'a copy extends what its original does')
      const original = blockOf(spec.copyOf, `${path}.copyOf`)
      const parent = original.compiled.parent
      if (parent === undefined) throw new ScenarioError(`${path}.copyOf`, 'genesis cannot be copied')
      return complete(name, spec, original.built, blockOf(parent, path).compiled)
    }
    if (spec.extends === undefined) throw new ScenarioError(path, 'expected "extends" or "copyOf"')
    const parent = blockOf(spec.extends, `${path}.extends`).compiled
    if (spec.raw !== undefined) return rawBlock(name, hexToBytes(spec.raw), parent)
    const built = buildBlock(name, spec, {
      chainFile,
      startTimeSeconds,
      parent,
      mine,
      transactions: spec.transactions.map((transaction, index) =>
        transactionOf(transaction, `${path}.transactions.${index}`),
      ),
      ancestorAt: (height) => ancestorAt(parent, height),
      scriptOf,
    })
    return complete(name, spec, built, parent)
  }

  function complete(name: string, spec: BlockSpec, built: BuiltBlock, parent: CompiledBlock): ForgedBlock {
    const { bytes, block } = applyEdits(built, spec, mine, `blocks.${name}`)
    return { built: block, compiled: describe(name, bytes, block.transactions, parent) }
  }

  function rawBlock(name: string, bytes: Uint8Array, parent: CompiledBlock): ForgedBlock {
    if (bytes.length < 80)
      throw new ScenarioError(`blocks.${name}.raw`, 'expected at least the 80 bytes of a header')
    const nothing = rawTransaction(`${name}:coinbase`, new Uint8Array())
    const built = { header: bytes.slice(0, 80), transactions: [nothing] }
    return { built, compiled: describe(name, bytes, built.transactions, parent) }
  }

  function describe(
    name: string,
    bytes: Uint8Array,
    all: readonly BuiltTransaction[],
    parent: CompiledBlock | undefined,
  ): CompiledBlock {
    return describeBlock(name, bytes, all, parent, (from) => medianTime(from, parent))
  }

  function medianTime(ownTime: number, parent: CompiledBlock | undefined): number {
    const times = [ownTime]
    for (let block = parent; block !== undefined && times.length < chainFile.limits.medianTimeSpanBlocks; ) {
      times.push(block.time)
      block = block.parent === undefined ? undefined : blocks.get(block.parent)!.compiled
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
  }

  function ancestorAt(from: CompiledBlock, height: number): CompiledBlock {
    let block = from
    while (block.height > height) block = blocks.get(block.parent!)!.compiled
    return block
  }

  function sourceOf(name: string, path: string): BuiltTransaction {
    return isBlock(name) ? firstOf(blockOf(name, path)) : transactionOf(name, path)
  }

  function timeOf(name: string, which: 'time' | 'medianTime', path: string): number {
    return blockOf(name, path).compiled[which]
  }

  /** `<mtp:b5+1>`, `<time:b5>`, `<height:b5+2>`: numbers taken from a block. */
  function placeholder(text: string): Uint8Array | undefined {
    const match = /^(mtp|time|height):([^+-]+)([+-]\d+)?$/.exec(text)
    if (match === null) return undefined
    const { compiled } = blockOf(match[2]!, `<${text}>`)
    const base = { mtp: compiled.medianTime, time: compiled.time, height: compiled.height }[match[1] as 'mtp']
    return scriptNumber(BigInt(base + Number(match[3] ?? 0)))
  }

  function scriptOf(lock: Lock, path: string): Uint8Array {
    return resolveLock(lock, keyRing, placeholder, path).script
  }

  function once<T>(name: string, path: string, make: () => T): T {
    if (underWay.has(name) || underWay.size > DEPTH_MAX)
      throw new ScenarioError(path, `"${name}" rests upon itself`)
    underWay.add(name)
    try {
      return make()
    } finally {
      underWay.delete(name)
    }
  }
}

function firstOf({ built, compiled }: ForgedBlock): BuiltTransaction {
  return built.transactions[0] ?? rawTransaction(compiled.coinbase.name, compiled.coinbase.bytes)
}

function forgeGenesis(chainFile: ChainFile): ForgedBlock {
  const bytes = hexToBytes(chainFile.genesisBlock)
  const coinbase = rawTransaction(`${GENESIS}:coinbase`, bytes.slice(81))
  const built = { header: bytes.slice(0, 80), transactions: [coinbase] }
  return { built, compiled: describeBlock(GENESIS, bytes, built.transactions, undefined, (time) => time) }
}

function describeBlock(
  name: string,
  bytes: Uint8Array,
  all: readonly BuiltTransaction[],
  parent: CompiledBlock | undefined,
  medianTimeWith: (time: number) => number,
): CompiledBlock {
  const header = bytes.slice(0, 80)
  const time = headerField(header, 'time')
  const bits = headerField(header, 'bits')
  return {
    kind: 'block',
    name,
    bytes,
    header,
    hash: blockHash(header),
    parent: parent?.name,
    height: parent === undefined ? 0 : parent.height + 1,
    time,
    medianTime: medianTimeWith(time),
    bits,
    chainWork: (parent?.chainWork ?? 0n) + workOfBits(bits),
    coinbase: (all[0] ?? rawTransaction(`${name}:coinbase`, new Uint8Array())).compiled,
    transactions: all.slice(1).map((transaction) => transaction.compiled),
  }
}
