import { join } from 'node:path'
import { Command, Option } from 'commander'
import {
  checkProposal,
  faultsOf,
  type HardForkWitness,
  isHardFork,
  loadProposal,
  type ProposalCheck,
} from '../../../proposals/index.ts'
import { OUTPUT_FOLDER } from '../../folders.ts'
import { integer } from '../../options.ts'
import type { Terminal } from '../../terminal.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface CheckOptions {
  readonly seed: number
  readonly spends: number
  readonly deliveries: number
  readonly words: number
  readonly vectors: readonly string[]
}

/** `touchstone proposal check ID|FILE` */
export function checkCommand(context: VerbContext): Command {
  const command = new Command('check')
    .description(
      'find out whether a draft is a soft fork, whom it confiscates, and whether its rules ever fire',
    )
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--spends <n>', 'spends to try by themselves', integer(1), 5000)
    .option('--deliveries <n>', 'generated blocks and transactions to try', integer(1), 2000)
    .option('--words <n>', 'words of the longest script of which all are tried', integer(1, 5), 3)
    .addOption(
      new Option(
        '--vectors <path...>',
        'public vectors that the draft has to pass: files or folders',
      ).default([], 'none'),
    )
  return verb<CheckOptions>(command, context, async (terminal, options, [place]) => {
    const draft = await loadProposal(place!)
    const { vectors, ...bounds } = options
    const bar = terminal.progress('search', bounds.deliveries)
    const check = checkProposal(draft, bounds, vectors, (done) => bar.update(done))
    bar.stop()
    const faults = faultsOf(check)
    terminal.line(`${draft.id}: ${draft.text}`)
    for (const [label, text] of linesOf(check)) terminal.line(`${label.padEnd(14)} ${text}`)
    for (const fault of faults) terminal.line(`fault          ${fault}`)
    const witnesses = check.search.witnesses.map((witness) => saved(terminal, draft.id, witness))
    const isHard = isHardFork(check)
    return {
      exitCode: isHard || faults.length > 0 ? 1 : 0,
      json: { ...check, isHardFork: isHard, faults, witnesses },
    }
  })
}

function* linesOf(check: ProposalCheck): Generator<readonly [label: string, text: string]> {
  const { search, expiry, confiscation, slots, interactions, firing, bounds } = check
  const { tiny, spends, deliveries } = search.tried
  if (search.witnesses.length === 0)
    yield [
      'soft fork?',
      `no counterexample among all ${tiny} small spends (scripts of up to ${bounds.words} words), in ${spends} others by chance and ${deliveries} blocks and transactions (seed ${bounds.seed}); nothing is proved beyond these`,
    ]
  for (const witness of search.witnesses) yield ['hard fork', describe(witness)]
  if (expiry !== undefined)
    yield [
      'hard fork',
      `after ${expiry.afterBlocks} blocks in force it ends: what it forbids is valid again, and nodes that keep it part from the others${expiry.witness === undefined ? '' : `; for example ${describe(expiry.witness)}`}`,
    ]
  yield [
    'forbids',
    `${search.forbidden.spends} of the spends, ${search.forbidden.blocks} of the blocks and transactions`,
  ]
  const { confiscated, tried, sparesOlderCoins } = confiscation
  yield [
    'confiscates',
    confiscated.length === 0
      ? `none of ${tried} ways to hold coins`
      : `${confiscated.length} of ${tried} ways to hold coins${sparesOlderCoins ? '; coins older than the draft are spared' : ''}`,
  ]
  for (const { template, error } of confiscated) yield ['', `${template}: ${error}`]
  yield ['places', slots.slots.length === 0 ? 'claims none' : slots.slots.join(', ')]
  yield [
    'replay',
    `${confiscation.replayable.length} of ${tried} ways to hold coins are spent by one transaction on both branches of a split`,
  ]
  for (const { other, example, together, otherOrder } of interactions)
    yield [
      'with another',
      `${other}: ${example} is ${together}${together === otherOrder ? '' : `, and ${otherOrder} in the other order`}`,
    ]
  for (const { kind, id, kept, broken } of firing.firings)
    yield ['fires', `${kind} ${id}: kept ${kept}, broken ${broken}`]
  if (check.vectors !== undefined) {
    const { passed, failures, skips } = check.vectors
    yield ['vectors', `${passed} passed, ${failures.length} failed, ${skips.length} say nothing about it`]
  }
}

/** A witness in one line. */
export function describe(witness: HardForkWitness): string {
  if (witness.kind !== 'spend') return witness.message
  const { script, scriptSig = '', witness: items = [] } = witness.spend
  return `${witness.before} today, valid with the draft: script ${script}, input script ${scriptSig || 'empty'}, witness ${items.join(' ') || 'empty'}`
}

/** Keeps the scenario that shows a block; the other witnesses are said whole. */
function saved(
  terminal: Terminal,
  id: string,
  witness: HardForkWitness,
): HardForkWitness & { file?: string } {
  if (witness.kind !== 'block') return witness
  const file = join(OUTPUT_FOLDER, 'proposals', `${id}-hard-fork.json`)
  if (terminal.save(file, `${JSON.stringify(witness.scenario, null, 2)}\n`))
    terminal.line(`               ${file}`)
  return { ...witness, file }
}
