import { Command, Option } from 'commander'
import { loadProposal, scanBlocks } from '../../../proposals/index.ts'
import { type VerbContext, verb } from '../../verb.ts'

interface ScanOptions {
  readonly blocks: readonly string[]
}

/** `touchstone proposal scan ID|FILE --blocks PATH…` */
export function scanCommand(context: VerbContext): Command {
  const command = new Command('scan')
    .description('count how often each rule of a draft would have fired in real blocks')
    .argument('<proposal>', 'the id of a draft, such as bip110, or a file that exports an Upgrade')
    .addOption(
      new Option(
        '--blocks <path...>',
        'files of one block each, or folders of them, with the coins they spend beside them',
      ).makeOptionMandatory(),
    )
  return verb<ScanOptions>(command, context, async (terminal, { blocks }, [place]) => {
    const draft = await loadProposal(place!)
    const scan = scanBlocks(draft, blocks)
    terminal.line(
      `${draft.id}: ${scan.blocks} blocks, ${scan.transactions} transactions, ${scan.outputs} outputs, ${scan.inputs} inputs whose coins are known`,
    )
    for (const { id, times, transactions } of scan.firings)
      terminal.line(`${id.padEnd(32)} ${times} times in ${transactions} transactions`)
    for (const id of scan.notAsked) terminal.line(`${id.padEnd(32)} not asked: it needs the blocks before`)
    return { exitCode: scan.blocks === 0 ? 3 : 0, json: { id: draft.id, ...scan } }
  })
}
