import { Command } from 'commander'
import { differencesOf, loadProposal } from '../../../proposals/index.ts'
import { type VerbContext, verb } from '../../verb.ts'

/** `touchstone proposal diff ID|FILE` */
export function diffCommand(context: VerbContext): Command {
  const command = new Command('diff')
    .description('show what a draft changes, rule by rule, old beside new')
    .argument('<proposal>', 'the id of a draft, such as bip347, or a file that exports an Upgrade')
  return verb(command, context, async (terminal, _, [place]) => {
    const draft = await loadProposal(place!)
    const differences = differencesOf(draft)
    terminal.line(`${draft.id}: ${draft.text} [${draft.sources.join(', ')}]`)
    for (const { kind, name, before, after } of differences) {
      terminal.line()
      terminal.line(`${kind} ${name}`)
      terminal.line(`  - ${before}`)
      terminal.line(`  + ${after}`)
    }
    if (differences.length === 0) terminal.line('no rule changes')
    return { exitCode: 0, json: { id: draft.id, differences } }
  })
}
