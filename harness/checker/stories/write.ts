import type { ScenarioSource } from '../../scenario/index.ts'

/** A block of a model: what it stands on, 0 for the common beginning, and what it has in it. */
export interface StoryBlock {
  readonly parent: number
  /** Equal units of work, at least 1: a heavy block of a model is so many blocks of a chain. */
  readonly work?: number
  /** Which of the payments that spend one coin it has. */
  readonly payment?: 'none' | 'honest' | 'rival'
}

/** What happens to the node that a story is about. */
export type Happened =
  | { readonly kind: 'block'; readonly block: number }
  | { readonly kind: 'stop' | 'restart' }

/** What a trace comes to for one node. */
export interface Tale {
  readonly title: string
  readonly story: string
  readonly blocks: ReadonlyMap<number, StoryBlock>
  readonly happened: readonly Happened[]
}

type Steps = ScenarioSource['steps']

/** The coinbase of the first block is mature above this height. [Core consensus.h COINBASE_MATURITY] */
const BASE_BLOCKS = 101
/** A payment that is made twice makes a transaction again, which BIP30 is asked about first. */
const DOUBLE_SPEND = ['bad-txns-inputs-missingorspent', 'bad-txns-BIP30'] as const
const PAYMENTS = { honest: 'bob', rival: 'carol' } as const

/**
 * A tale as a scenario of one node, on the chain that every node has. What is expected is what a sound node does: it
 * follows the valid branch of most work, and of equal ones the first that it saw.
 */
export function writeScenario({ title, story, blocks, happened }: Tale): ScenarioSource {
  const tree = new Tree(blocks)
  const node = new SoundNode(tree)
  const steps: Steps[number][] = [{ do: 'send', items: [`base1..base${BASE_BLOCKS}`] }]
  for (const event of happened) {
    if (event.kind === 'block') {
      const isValid = node.receive(event.block)
      steps.push({ do: 'send', items: tree.namesOf(event.block) })
      if (!isValid) steps.push(rejectionOf(tree, event.block))
    } else {
      steps.push({ do: event.kind, node: 'node' })
      if (event.kind === 'stop') continue
      node.restart()
    }
    steps.push({ do: 'expect', tip: node.tips() })
  }
  const delivered = [...blocks.keys()].filter((block) =>
    happened.some((event) => event.kind === 'block' && event.block === block),
  )
  return {
    format: 'touchstone-scenario/1',
    title,
    story,
    sources: ['Bitcoin whitepaper, section 5 (Network)', 'touchstone check'],
    chain: 'regtest',
    keys: ['alice', 'bob', 'carol'],
    nodes: { node: {} },
    runs: { base: { extends: 'first', count: BASE_BLOCKS } },
    blocks: { first: { extends: 'genesis', coinbase: { to: 'alice' } }, ...tree.specs(delivered) },
    ...paymentsOf(tree, delivered),
    steps: [{ do: 'send', items: ['first'] }, ...steps],
  }
}

function rejectionOf(tree: Tree, block: number): Steps[number] {
  const item = tree.namesOf(block).at(-1)!
  return tree.isSoundBelow(block)
    ? { do: 'expect', verdict: { item, outcome: 'rejected', reason: [...DOUBLE_SPEND] } }
    : { do: 'expect', verdict: { item, outcome: ['rejected', 'invalid-ancestor'] } }
}

function paymentsOf(tree: Tree, delivered: readonly number[]): Pick<ScenarioSource, 'transactions'> {
  const used = (['honest', 'rival'] as const).filter((payment) =>
    delivered.some((block) => tree.paymentOf(block) === payment),
  )
  if (used.length === 0) return {}
  return {
    transactions: Object.fromEntries(
      used.map((payment) => [
        payment,
        { inputs: [{ spends: 'first:0' }], outputs: [{ to: PAYMENTS[payment], value: 'rest' as const }] },
      ]),
    ),
  }
}

class Tree {
  readonly #blocks: ReadonlyMap<number, StoryBlock>

  constructor(blocks: ReadonlyMap<number, StoryBlock>) {
    this.#blocks = blocks
  }

  /** A block and those below it, highest first, without the common beginning. */
  branchOf(block: number): readonly number[] {
    const branch: number[] = []
    for (let at = block; at !== 0; at = this.#blocks.get(at)!.parent) branch.push(at)
    return branch
  }

  workOf(block: number): number {
    return this.branchOf(block).reduce((sum, at) => sum + this.#unitsOf(at), 0)
  }

  paymentOf(block: number): NonNullable<StoryBlock['payment']> {
    return this.#blocks.get(block)!.payment ?? 'none'
  }

  /** Whether the coin is spent once at most, on the branch up to this block. */
  isValid(block: number): boolean {
    return this.branchOf(block).filter((at) => this.paymentOf(at) !== 'none').length <= 1
  }

  isSoundBelow(block: number): boolean {
    const { parent } = this.#blocks.get(block)!
    return parent === 0 || this.isValid(parent)
  }

  /** The blocks of the scenario that one block of the model is, lowest first. */
  namesOf(block: number): string[] {
    return Array.from({ length: this.#unitsOf(block) }, (_, unit) => nameOf(block, unit))
  }

  tipName(block: number): string {
    return block === 0 ? `base${BASE_BLOCKS}` : nameOf(block, this.#unitsOf(block) - 1)
  }

  specs(blocks: readonly number[]): NonNullable<ScenarioSource['blocks']> {
    return Object.fromEntries(
      blocks.flatMap((block) => {
        const { parent } = this.#blocks.get(block)!
        const payment = this.paymentOf(block)
        return this.namesOf(block).map((name, unit) => [
          name,
          {
            extends: unit === 0 ? this.tipName(parent) : nameOf(block, unit - 1),
            ...(unit === 0 && payment !== 'none' && { transactions: [payment] }),
          },
        ])
      }),
    )
  }

  #unitsOf(block: number): number {
    return this.#blocks.get(block)!.work ?? 1
  }
}

function nameOf(block: number, unit: number): string {
  return unit === 0 ? `b${block}` : `b${block}.${unit + 1}`
}

/** What a node must do: it knows blocks, and follows the best of them. */
class SoundNode {
  readonly #tree: Tree
  readonly #known: number[] = [0]
  #tip = 0
  /** After a restart nobody knows any more which of two equal branches was seen first. */
  #isSure = true

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** Returns whether the block is valid. */
  receive(block: number): boolean {
    if (!this.#tree.isValid(block)) return false
    this.#known.push(block)
    if (this.#tree.workOf(block) > this.#tree.workOf(this.#tip)) {
      this.#tip = block
      this.#isSure = true
    }
    return true
  }

  restart(): void {
    this.#isSure = false
  }

  /** The tips that it may have now. */
  tips(): string | string[] {
    if (this.#isSure) return this.#tree.tipName(this.#tip)
    const most = this.#tree.workOf(this.#tip)
    const tied = this.#known.filter((block) => this.#tree.workOf(block) === most)
    return tied.length === 1 ? this.#tree.tipName(tied[0]!) : tied.map((block) => this.#tree.tipName(block))
  }
}
