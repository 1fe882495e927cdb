import { Command } from 'commander'
import { createEngine, describeNodeCrypto } from '../../adapters/index.ts'
import { serveStdio } from '../../conformance/index.ts'
import { UsageError } from '../usage-error.ts'
import type { VerbContext } from '../verb.ts'

/** `touchstone node --stdio` */
export function nodeCommand({ streams, finish }: VerbContext): Command {
  return new Command('node')
    .description('the built-in node')
    .option('--stdio', 'answer touchstone-stdio/1 on stdin and stdout')
    .action(async ({ stdio }: { stdio?: boolean }) => {
      if (stdio !== true) throw new UsageError('node: expected --stdio')
      streams.stderr.write(`crypto: ${describeNodeCrypto()}\n`)
      await serveStdio(createEngine('node'), process.stdin, streams.stdout)
      finish(0)
    })
}
