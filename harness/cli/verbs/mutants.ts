import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { Command, Option } from 'commander'
import {
  type Arsenal,
  BUG_BANK,
  buildBundle,
  hunt,
  KILLERS,
  type KillerName,
  type Mutant,
  type MutantResult,
} from '../../conformance/index.ts'
import { CACHE_FOLDER, OUTPUT_FOLDER, ROOT_FOLDER, SCENARIOS_FOLDER } from '../folders.ts'
import { integer } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type ExitCode, type VerbContext, verb } from '../verb.ts'
import { realDataFiles, vectorsFolder } from './main-job/real-data.ts'
import { tryRuleMutants } from './rule-mutants.ts'

interface MutantsOptions {
  readonly by?: KillerName
  readonly seed: number
  readonly seeds: number
  readonly jobs: number
  readonly rules?: boolean
}

/** `touchstone mutants [ID…]` */
export function mutantsCommand(context: VerbContext): Command {
  const command = new Command('mutants')
    .description('plant known bugs in the node, one at a time, and report what finds each')
    .argument('[id...]', 'bugs of the bank, such as U04; default: all of them')
    .addOption(new Option('--by <killer>', 'ask only this one, not each in turn').choices(KILLERS))
    .option('--seed <n>', 'the first seed of the simulator', integer(0, 0x7fffffff), 1)
    .option('--seeds <n>', 'how many seeds the simulator has for a bug', integer(1), 200)
    .option('--jobs <n>', 'worker threads', integer(1, 64), Math.min(2, availableParallelism()))
    .option('--rules', 'try wrong versions of the rules of the specification instead')
  return verb<MutantsOptions>(command, context, async (terminal, options, ids) => {
    if (!existsSync(join(ROOT_FOLDER, 'harness/build.mjs')))
      throw new UsageError('bugs are planted in the source, which this installation does not have')
    if (options.rules === true) {
      if (ids.length > 0) throw new UsageError(`${ids[0]}: --rules takes no bugs of the bank`)
      return tryRuleMutants(terminal)
    }
    const mutants = chooseMutants(ids)
    const results = await huntAll(terminal, mutants, options)
    const count = (outcome: MutantResult['outcome']) =>
      results.filter((result) => result.outcome === outcome).length
    const [killed, survived, inconclusive] = [count('killed'), count('survived'), count('inconclusive')]
    terminal.line(
      `${killed} killed, ${survived} survived${inconclusive > 0 ? `, ${inconclusive} inconclusive` : ''}`,
    )
    return {
      exitCode: exitCodeOf(survived, inconclusive),
      json: { killed, survived, inconclusive, mutants: results.map(plainResult) },
    }
  })
}

function chooseMutants(ids: readonly string[]): readonly Mutant[] {
  for (const id of ids)
    if (BUG_BANK.every((mutant) => mutant.id !== id))
      throw new UsageError(
        `${id}: no such bug; expected one of ${BUG_BANK.map((mutant) => mutant.id).join(' ')}`,
      )
  return ids.length === 0 ? BUG_BANK : BUG_BANK.filter(({ id }) => ids.includes(id))
}

async function huntAll(
  terminal: Terminal,
  mutants: readonly Mutant[],
  { by, seed, seeds, jobs }: MutantsOptions,
): Promise<MutantResult[]> {
  // Inside the checkout, so that a bundle finds the packages.
  mkdirSync(CACHE_FOLDER, { recursive: true })
  const workFolder = mkdtempSync(join(CACHE_FOLDER, 'mutants-'))
  const bar = terminal.progress('mutants', mutants.length)
  const results: MutantResult[] = []
  try {
    const sound = await buildBundle(ROOT_FOLDER, workFolder)
    for (const mutant of mutants) {
      bar.update(results.length, mutant.id)
      const out = join(OUTPUT_FOLDER, 'mutants', mutant.id)
      const arsenal: Arsenal = {
        scenarios: SCENARIOS_FOLDER,
        vectors: vectorGroups(),
        seed,
        seeds,
        jobs,
        out,
      }
      const killers = by === undefined ? KILLERS : [by]
      const result = await hunt(mutant, { root: ROOT_FOLDER, workFolder, sound, killers, arsenal })
      results.push(result)
      printResult(terminal, result)
    }
    return results
  } finally {
    bar.stop()
    rmSync(workFolder, { recursive: true, force: true })
  }
}

/** These take longer than all the others together. */
const SLOW_VECTORS = 'script_assets_test.json'

/** Every vector of this machine, the slow ones by themselves and last. */
function vectorGroups(): string[][] {
  const folder = vectorsFolder()
  const folders =
    folder === undefined ? [] : ['blocks', 'chains', 'core', 'transactions'].map((name) => join(folder, name))
  const files = realDataFiles().filter((file) => folder === undefined || !file.startsWith(folder))
  return [
    [...files.filter((file) => !file.endsWith(SLOW_VECTORS)), ...folders.filter((path) => existsSync(path))],
    files.filter((file) => file.endsWith(SLOW_VECTORS)),
  ]
}

function printResult(terminal: Terminal, result: MutantResult): void {
  const { mutant, outcome, seconds } = result
  const mark = { killed: '   ok', survived: 'ALIVE', inconclusive: '    ?' }[outcome]
  terminal.line(`${mark}  ${mutant.id}  ${mutant.bug} (${seconds.toFixed(1)} s)`)
  terminal.line(`            ${story(result)}`)
}

/** Some vectors report a whole page. */
const WHAT_MAX = 100

function story({ find, outcome, reason }: MutantResult): string {
  if (outcome === 'survived') return 'nothing found it'
  if (find === undefined || outcome === 'inconclusive') return reason ?? ''
  const { by, after, steps, proof } = find
  const what = find.what.length > WHAT_MAX ? `${find.what.slice(0, WHAT_MAX)}…` : find.what
  if (by === 'scenarios') return `killed by ${what}, scenario ${after}`
  if (by === 'vectors') return `killed by ${what}, file ${after}`
  return `killed by simulate, seed ${after}, shrunk to ${steps} steps: ${relative(ROOT_FOLDER, proof.at(-1)!)}: ${what}`
}

function plainResult({ mutant, outcome, find, reason, seconds }: MutantResult): object {
  const { id, bug, source } = mutant
  return { id, bug, source, outcome, ...find, ...(reason === undefined ? {} : { reason }), seconds }
}

function exitCodeOf(survived: number, inconclusive: number): ExitCode {
  if (survived > 0) return 1
  return inconclusive > 0 ? 3 : 0
}
