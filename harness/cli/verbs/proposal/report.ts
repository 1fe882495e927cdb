import { join } from 'node:path'
import { Command, Option } from 'commander'
import { proposalPage } from '../../../../reports/index.ts'
import { PROPOSALS } from '../../../../spec/index.ts'
import { differencesOf, loadProposal, type ProposalReport, reportOf } from '../../../proposals/index.ts'
import { integer } from '../../options.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface ReportOptions {
  readonly out: string
  readonly seed: number
  readonly spends: number
  readonly deliveries: number
  readonly vectors: readonly string[]
  readonly scan: readonly string[]
}

/** `touchstone proposal report [ID|FILE…] --out DIR` */
export function reportCommand(context: VerbContext): Command {
  const command = new Command('report')
    .description('write a page for each draft that opens offline, and one table of all')
    .argument('[proposals...]', 'ids of drafts, or files; all drafts when left out')
    .requiredOption('--out <folder>', 'where ID.html and table.md go')
    .option('--seed <n>', 'where chance starts', integer(0, 0x7fffffff), 1)
    .option('--spends <n>', 'spends to try by themselves', integer(1), 1000)
    .option('--deliveries <n>', 'generated blocks and transactions to try', integer(1), 300)
    .addOption(
      new Option('--vectors <path...>', 'public vectors that the drafts have to pass').default([], 'none'),
    )
    .addOption(
      new Option('--scan <path...>', 'real blocks in which to count how often a draft is broken').default(
        [],
        'none',
      ),
    )
  return verb<ReportOptions>(
    command,
    context,
    async (terminal, { out, vectors, scan, ...bounds }, places) => {
      const ids = places.length > 0 ? places : PROPOSALS.map(({ id }) => id)
      const reports: ProposalReport[] = []
      const bar = terminal.progress('report', ids.length)
      for (const place of ids) {
        const draft = await loadProposal(place)
        const report = reportOf(draft, { ...bounds, words: 2 }, vectors, scan, (step) =>
          bar.update(reports.length, `${draft.id}: ${step}`),
        )
        reports.push(report)
        const options = `--seed ${bounds.seed} --spends ${bounds.spends} --deliveries ${bounds.deliveries}`
        const page = proposalPage({
          id: draft.id,
          text: draft.text,
          sources: draft.sources,
          claims: report.claims,
          differences: differencesOf(draft),
          plot: report.plot,
          command: `touchstone proposal report ${place} ${options}`,
        })
        terminal.save(join(out, `${draft.id}.html`), page)
        terminal.line(`${join(out, `${draft.id}.html`)}: ${report.cells.slice(1).join('; ')}`)
      }
      bar.stop()
      terminal.save(join(out, 'table.md'), tableOf(reports))
      return { exitCode: 0, json: { out, reports } }
    },
  )
}

const HEAD = [
  'draft',
  'soft fork?',
  'witness',
  'confiscates',
  'places',
  'slowest block before',
  'and with it',
  'public vectors passed',
  'vectors made',
  'split at 30 %',
  'at 60 %',
  'at 90 %',
]

function tableOf(reports: readonly ProposalReport[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return `${[row(HEAD), row(HEAD.map(() => '---')), ...reports.map(({ cells }) => row(cells))].join('\n')}\n`
}
