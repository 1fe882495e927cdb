import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { createEngine, describeNodeCrypto } from '../../adapters/index.ts'
import { serveStdio } from '../../conformance/index.ts'
import { UsageError } from '../usage-error.ts'
import type { ExitCode, VerbContext } from '../verb.ts'

/** The bundle beside the command line's own. */
const DAEMON = new URL('touchstoned.js', import.meta.url)

/** `touchstone node [daemon's options]`, `touchstone node --stdio` */
export function nodeCommand({ streams, finish }: VerbContext): Command {
  return new Command('node')
    .description("run the built-in node: a daemon that takes bitcoind's options, as touchstoned does")
    .argument('[options...]', "the daemon's, such as -regtest -datadir=DIR; -help lists them")
    .option('--stdio', 'answer touchstone-stdio/1 on stdin and stdout instead')
    .helpOption('--help', 'show this')
    .allowUnknownOption()
    .action(async (words: string[], { stdio }: { stdio?: boolean }) => {
      if (stdio !== true && words.length === 0)
        throw new UsageError('node: expected --stdio or options of the daemon, such as -regtest')
      if (stdio !== true) return finish(await runDaemon(words))
      streams.stderr.write(`crypto: ${describeNodeCrypto()}\n`)
      await serveStdio(createEngine('node'), process.stdin, streams.stdout)
      finish(0)
    })
}

/** Runs the daemon to its end; what we are asked to end by, it is. */
async function runDaemon(words: readonly string[]): Promise<ExitCode> {
  const child = spawn(process.execPath, [fileURLToPath(DAEMON), ...words], { stdio: 'inherit' })
  const end = () => child.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  const [code] = await once(child, 'close')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end)
  return code === 0 ? 0 : code === 1 ? 2 : 3
}
