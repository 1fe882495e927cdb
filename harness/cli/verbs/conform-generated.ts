import { join } from 'node:path'
import { type ForeignEngine, parseTarget, type StoryLimits } from '../../adapters/index.ts'
import {
  type Abstentions,
  countingAbstentions,
  type HuntResult,
  huntDisagreements,
  storiesFor,
  storiesWithin,
} from '../../conformance/index.ts'
import type { ChainOffers, Strictness } from '../../ports/index.ts'
import { OUTPUT_FOLDER, quoted } from '../folders.ts'
import { freshSeed } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import type { VerbResult } from '../verb.ts'

interface GeneratedOptions {
  readonly node: string
  readonly strict: Strictness
  /** Blocks and unconfirmed transactions to deliver at least. */
  readonly generated: number
  readonly seed?: number
  readonly doors?: 'rpc' | 'both'
  /** Milliseconds. */
  readonly timeout: number
}

/** Judges a node by the specification on generated stories; each disagreement is kept as a small scenario. */
export function conformGenerated(terminal: Terminal, options: GeneratedOptions): VerbResult {
  const { node, strict, generated, timeout, seed = freshSeed(), doors } = options
  const named = parseTarget('--node', node)
  if (named.stories?.isShared === true)
    throw new UsageError('--generated: only scenarios are played to a node that runs already')
  const bar = terminal.progress('generated', generated)
  let target: ForeignEngine | undefined
  // A program that ended is restarted.
  const open = () => {
    if (target?.isAlive() !== true) {
      target?.close()
      target = named.open({ timeoutMs: timeout, doors })
    }
    return target
  }
  try {
    const lacks = (['blocks', 'customChains'] as const).filter(
      (capability) => !open().capabilities.has(capability),
    )
    if (lacks.length > 0) {
      terminal.line(`${open().name}: abstained, it lacks ${lacks.join(', ')}`)
      return { exitCode: 3, json: { node, lacks } }
    }
    const abstentions: Abstentions = new Map()
    const hunt = {
      target: () => countingAbstentions(open(), abstentions),
      strictness: strict,
      deliveries: generated,
      seed,
      ...(named.stories === undefined ? withinOffers(open().offers) : { stories: storiesFor(named.stories) }),
    }
    const hunted = huntDisagreements(hunt, bar.update)
    const result = { ...hunted, missing: hunted.missing.filter((what) => isWithinReach(what, named.stories)) }
    bar.stop()
    const again = ({ seed }: { seed: number }) =>
      `npx touchstone conform --node ${quoted(node)} --strict ${strict} --generated 1 --seed ${seed}`
    const disagreements = result.disagreements.map(({ scenario, ...one }, index) => {
      const file = join(OUTPUT_FOLDER, `generated-${one.seed}-${index + 1}.json`)
      terminal.save(file, `${JSON.stringify(scenario, null, 2)}\n`)
      return { ...one, file, repro: again(one) }
    })
    for (const one of disagreements) {
      terminal.line(` FAIL  ${one.message}`)
      terminal.line(`         in ${one.times} ${one.times === 1 ? 'story' : 'stories'}`)
      terminal.line(`         scenario ${one.file}${one.isSmallest ? '' : ' (may be made smaller)'}`)
      terminal.line(`         repro    ${one.repro}`)
    }
    printCounts(terminal, open().name, result, seed)
    for (const [why, count] of Object.entries(result.skipped))
      terminal.line(`skipped ${count} stories: ${why}`)
    for (const [why, count] of abstentions) terminal.line(`abstained from ${count} deliveries: ${why}`)
    const isShort = result.blocks + result.unconfirmedTransactions < generated
    if (isShort) terminal.line('given up: it abstained from story after story')
    const exitCode = disagreements.length > 0 ? 1 : isShort || result.missing.length > 0 ? 3 : 0
    return {
      exitCode,
      json: { node, strict, seed, ...result, disagreements, abstentions: Object.fromEntries(abstentions) },
    }
  } finally {
    bar.stop()
    target?.close()
  }
}

const withinOffers = (offers: ChainOffers | undefined) =>
  offers === undefined ? {} : { stories: storiesWithin(offers) }

/** `what` is a kind of event, or a rule and what should have become of it. */
function isWithinReach(what: string, limits: StoryLimits | undefined): boolean {
  const reasons = limits?.outOfReach ?? {}
  return !Object.keys(reasons).some((id) => what === id || what.startsWith(`${id} `))
}

function printCounts(terminal: Terminal, name: string, result: HuntResult, seed: number): void {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')
  terminal.line(`outcomes: ${list(result.outcomes)}`)
  terminal.line(`rejections: ${list(result.rejections)}`)
  printRules(terminal, result.rules)
  terminal.line(
    `chains: ${result.stories}, ${result.reorganisations} reorganisations, ${result.activations} activations crossed, ${result.reorganisationsAcrossActivations} reorganisations across one`,
  )
  if (result.missing.length > 0) terminal.line(`never occurred: ${result.missing.join(', ')}`)
  terminal.line(
    `${name}: ${result.blocks} blocks, ${result.unconfirmedTransactions} unconfirmed transactions, ${result.transactionsInBlocks} transactions in blocks, ${result.headers} headers, ${result.disagreements.length} disagreements (seed ${seed})`,
  )
}

/** One line a rule: broken as the only fault, broken among others, kept exactly at its limit. */
function printRules(terminal: Terminal, rules: HuntResult['rules']): void {
  const line = (id: string, ...columns: readonly (string | number)[]) =>
    terminal.line(`${id.padEnd(24)}${columns.map((column) => String(column).padStart(9)).join('')}`)
  line('rule', 'alone', 'among', 'at limit')
  for (const [id, { alone, amongOthers, atLimit }] of Object.entries(rules))
    line(id, alone, amongOthers, atLimit ?? '-')
}
