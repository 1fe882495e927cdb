import type { Command } from 'commander'
import { createTerminal, type Streams, type Terminal } from './terminal.ts'

/** 0 pass; 1 a divergence, violation or failing vector; 2 usage or configuration error; 3 inconclusive. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a verb ends with. `json` is the one object that `--json` prints. */
export interface VerbResult {
  readonly exitCode: ExitCode
  readonly json: object
}

export interface VerbContext {
  readonly streams: Streams
  /** Called once, when the verb has ended. */
  readonly finish: (exitCode: ExitCode) => void
}

/** Gives a command `--json` and its action; `--json` prints one object on stdout and nothing else there. */
export function verb<Options extends object>(
  command: Command,
  context: VerbContext,
  action: (terminal: Terminal, options: Options, args: readonly string[]) => Promise<VerbResult>,
): Command {
  return command
    .option('--json', 'print one JSON object on stdout; progress goes to stderr')
    .action(async () => {
      const options = command.opts<Options & { json?: boolean }>()
      const json = options.json === true
      const terminal = createTerminal(context.streams, json)
      const result = await action(terminal, options, command.processedArgs.flat())
      if (json) context.streams.stdout.write(`${JSON.stringify(result.json, plain)}\n`)
      // A file that could not be written spoils a pass, never a verdict.
      context.finish(result.exitCode === 0 && terminal.unsaved > 0 ? 2 : result.exitCode)
    })
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
