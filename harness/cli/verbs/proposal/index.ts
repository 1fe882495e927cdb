import { Command } from 'commander'
import type { VerbContext } from '../../verb.ts'
import { canariesCommand } from './canaries.ts'
import { checkCommand } from './check.ts'
import { costCommand } from './cost.ts'
import { diffCommand } from './diff.ts'
import { fillCommand } from './fill.ts'
import { listCommand } from './list.ts'
import { mutantsCommand } from './mutants.ts'
import { newCommand } from './new.ts'
import { pricesCommand } from './prices.ts'
import { reportCommand } from './report.ts'
import { scanCommand } from './scan.ts'
import { simulateCommand } from './simulate.ts'

/** `touchstone proposal …` */
export function proposalCommand(context: VerbContext): Command {
  return new Command('proposal')
    .description('write a consensus proposal as one file, and find out what it breaks')
    .addCommand(listCommand(context))
    .addCommand(newCommand(context))
    .addCommand(checkCommand(context))
    .addCommand(diffCommand(context))
    .addCommand(costCommand(context))
    .addCommand(pricesCommand(context))
    .addCommand(scanCommand(context))
    .addCommand(reportCommand(context))
    .addCommand(simulateCommand(context))
    .addCommand(fillCommand(context))
    .addCommand(canariesCommand(context))
    .addCommand(mutantsCommand(context))
}
