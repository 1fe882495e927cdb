import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import { Command } from 'commander'
import { createEngine } from '../../../adapters/index.ts'
import { measurePrices, type Prices } from '../../../proposals/index.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface PriceOptions {
  readonly out: string
}

/** `touchstone proposal prices --out FILE` */
export function pricesCommand(context: VerbContext): Command {
  const command = new Command('prices')
    .description('measure on the node of this house what each operation costs, for `proposal cost`')
    .requiredOption('--out <file>', 'where the prices go')
  return verb<PriceOptions>(command, context, async (terminal, { out }) => {
    const nanoseconds = measurePrices(createEngine('node').scripts!, () => performance.now())
    const [processor] = cpus()
    const prices: Prices = {
      measured: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} × ${processor?.model ?? 'unknown'}, Node ${process.versions.node}`,
      node: 'touchstoned, one thread',
      nanoseconds,
    }
    terminal.save(out, `${JSON.stringify(prices, null, 2)}\n`)
    for (const [kind, price] of Object.entries(nanoseconds))
      terminal.line(`${kind.padEnd(14)} ${price.toPrecision(3)} ns each`)
    return { exitCode: 0, json: { file: out, ...prices } }
  })
}
