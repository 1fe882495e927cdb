import { Command, CommanderError } from 'commander'
import { closest, distance } from 'fastest-levenshtein'
import about from '../../package.json' with { type: 'json' }
import { TargetError } from '../adapters/index.ts'
import { FileError } from '../files/index.ts'
import { ScenarioError } from '../scenario/index.ts'
import type { Streams } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import type { ExitCode } from './verb.ts'
import { aliases, commands } from './verbs/index.ts'

/** Runs one command line (without the executable's name) and returns the exit code. It never throws. */
export async function runProgram(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = new Command('touchstone')
    .description('Test a blockchain node against an executable specification.')
    .version(about.version, '-V, --version')
    .helpCommand('help [verb]', 'show the help of a verb')
  const finish = (code: ExitCode) => {
    exitCode = code
  }
  for (const build of commands) {
    const command = build({ streams, finish })
    program.addCommand(command, { isDefault: command.name() === 'run' })
  }
  for (const build of aliases) program.addCommand(build({ streams, finish }), { hidden: true })
  for (const command of withDescendants(program))
    command
      // An option belongs to the verb that it stands behind, `conform health` as well.
      .enablePositionalOptions()
      .exitOverride()
      .showSuggestionAfterError(true)
      .configureOutput({
        writeOut: (text) => streams.stdout.write(text),
        writeErr: (text) => streams.stderr.write(text),
        outputError: (text, write) => write(`touchstone: ${oneLine(text.replace(/^error: /, ''))}\n`),
      })
  try {
    refuseUnknownVerb(program, argv)
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    streams.stderr.write(`touchstone: ${describe(error)}\n`)
    return isUsage(error) ? 2 : 3
  }
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)]
}

/** Letters by which a misspelt verb may differ from the one that was meant. */
const SLIP_MAX = 3

/**
 * Without a verb the main job runs; a word that is no verb is a slip, not an argument of the main job. A verb that is
 * a group of others asks for one of them.
 */
function refuseUnknownVerb(group: Command, [word, ...more]: readonly string[]): void {
  if (word?.startsWith('-') || (word === undefined && group.parent === null)) return
  if (word === undefined) throw new UsageError(`${group.name()}: expected ${namesIn(group).join(' or ')}`)
  if (word === 'help') {
    if (more[0] !== undefined) verbIn(group, more[0])
    return
  }
  const verb = verbIn(group, word)
  if (verb.commands.length > 0 && verb.registeredArguments.length === 0) refuseUnknownVerb(verb, more)
}

const namesIn = (group: Command) => group.commands.map((command) => command.name())

/** @throws UsageError when none has this name */
function verbIn(group: Command, word: string): Command {
  const verb = group.commands.find((command) => command.name() === word)
  if (verb !== undefined) return verb
  const verbs = namesIn(group)
  const near = closest(word, verbs)
  throw new UsageError(
    distance(word, near) <= SLIP_MAX
      ? `unknown command '${word}'; did you mean '${near}'?`
      : `unknown command '${word}'; touchstone --help lists them`,
  )
}

/** What the user can put right: an option, a file, a target. */
function isUsage(error: unknown): boolean {
  return [UsageError, FileError, ScenarioError, TargetError].some((kind) => error instanceof kind)
}

/** One line, whatever was thrown; TOUCHSTONE_DEBUG=1 asks for the place where it was. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error))
  if (process.env.TOUCHSTONE_DEBUG === '1') return error.stack ?? error.message
  return isUsage(error)
    ? oneLine(error.message)
    : `internal error: ${oneLine(error.message)} (TOUCHSTONE_DEBUG=1 shows where)`
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, '; ')
}
