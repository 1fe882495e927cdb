import { join } from 'node:path'
import { Command, Option } from 'commander'
import { type CaseResult, tally } from '../../../reports/index.ts'
import {
  chainLookup,
  createEngine,
  type ForeignEngine,
  parseTarget,
  TARGET_HELP,
} from '../../adapters/index.ts'
import { judgeLibrary, storySource } from '../../conformance/index.ts'
import { CAPABILITIES, type Library } from '../../ports/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { SCENARIOS_FOLDER } from '../folders.ts'
import { duration } from '../options.ts'
import { printCase } from '../print-case.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'
import { groundAsked, judgeCorpus, type StoryOptions } from './conform-corpus.ts'

interface HealthOptions extends Pick<StoryOptions, 'node' | 'epoch' | 'doors' | 'chain'> {
  /** Milliseconds. */
  readonly timeout: number
}

/** One short story of each kind of question: what is asked, and the story that asks it. */
const STORIES: readonly (readonly [kind: string, story: string])[] = [
  ['headers', 'byzantine/headers-only'],
  ['blocks', 'limits/one-coinbase'],
  ['scripts', 'rules/multisig-dummy-first'],
  ['reorganisations', 'reorg/higher-but-less-work'],
  ['unconfirmed transactions', 'lock-time/loose-transaction'],
  ['the clock', 'limits/time-too-new'],
  ["an operator's word", 'reorg/invalidate-and-reconsider'],
  ['several nodes', 'partition/isolated-node-catches-up'],
  ['restarts', 'crash/restart-keeps-the-chain'],
]

/** `touchstone conform health --node TARGET` */
export function conformHealthCommand(context: VerbContext): Command {
  const command = new Command('health')
    .description('say what a node is, what it can be asked, and try one story of each kind')
    .requiredOption('--node <target>', TARGET_HELP)
    .addOption(
      new Option('--timeout <time>', 'how long a stdio program may take for an answer (default: 10s)')
        .argParser(duration)
        .default(10_000, '10s'),
    )
  return verb<HealthOptions>(command, context, async (terminal, options) => {
    if (options.timeout <= 0) throw new UsageError('--timeout: expected more than no time')
    const open = () => parseTarget('--node', options.node).open({ timeoutMs: options.timeout })
    const target = open()
    return examine(terminal, target, open, options)
  })
}

function examine(
  terminal: Terminal,
  target: ForeignEngine,
  open: () => ForeignEngine,
  options: HealthOptions,
): VerbResult {
  const { name } = target
  const can = [...target.capabilities].sort()
  const answers = [...(target.library?.can ?? [])].sort()
  const cannot = CAPABILITIES.filter((capability) => !target.capabilities.has(capability))
  terminal.line(name)
  terminal.line(`  can       ${can.join(', ') || 'nothing'}`)
  terminal.line(`  cannot    ${cannot.join(', ') || 'nothing'}`)
  if (answers.length > 0) terminal.line(`  answers   ${answers.join(', ')}`)
  const isLibrary = target.library !== undefined && !target.capabilities.has('blocks')
  const cases = isLibrary ? askEach(target) : printEach(terminal, target, open, options)
  for (const result of cases) printCase(terminal, result)
  const counts = tally(cases)
  const exitCode = counts.failed > 0 ? 1 : counts.passed === 0 ? 3 : 0
  terminal.line(`${name}: ${VERDICTS[exitCode]}`)
  return { exitCode, json: { node: name, can, cannot, answers, ...counts, cases } }
}

const VERDICTS = {
  0: 'sound as far as this goes; `touchstone conform` judges it',
  1: 'something is wrong with the node, or with what connects it',
  3: 'nothing could be judged',
}

function printEach(
  terminal: Terminal,
  target: ForeignEngine,
  open: () => ForeignEngine,
  options: HealthOptions,
): CaseResult[] {
  const judging = { ...options, strict: 'class' as const }
  const paths = STORIES.map(([, story]) => join(SCENARIOS_FOLDER, `${story}.json`))
  const corpus = readCorpus(paths, chainLookup, groundAsked(judging)).map((entry, index) => ({
    ...entry,
    id: STORIES[index]!.join(': '),
  }))
  return judgeCorpus(terminal, target, open, corpus, judging).cases
}

/** So many questions of each kind: enough for both answers. */
const QUESTIONS_MAX = 50

/** Some questions of each kind that a library answers. */
function askEach(target: ForeignEngine): CaseResult[] {
  const reference = createEngine('spec').library!
  const folders = ['activation', 'rules'].map((folder) => join(SCENARIOS_FOLDER, folder))
  const stories = readCorpus(folders, chainLookup)
  try {
    return [...target.library!.can].sort().map((op) => {
      const only: Library = { ...target.library!, can: new Set([op]) }
      const judged = judgeLibrary(storySource(stories), {
        reference,
        strictness: 'class',
        target: () => only,
        casesMax: QUESTIONS_MAX,
      })
      return caseOf(op, judged)
    })
  } finally {
    target.close()
  }
}

function caseOf(op: string, { agreed, differences, skips }: ReturnType<typeof judgeLibrary>): CaseResult {
  const [difference] = differences
  if (difference !== undefined)
    return {
      id: op,
      title: op,
      status: 'fail',
      message: difference.first.id,
      expected: difference.expected,
      actual: difference.actual,
    }
  if (agreed > 0) return { id: op, title: op, status: 'pass', message: `${agreed} questions` }
  const why = Object.keys(skips)
    .filter((reason) => !reason.startsWith('it lacks '))
    .join('; ')
  return { id: op, title: op, status: 'abstain', message: why || 'no story asks it' }
}
