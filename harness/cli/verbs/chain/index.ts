import { Command } from 'commander'
import type { VerbContext } from '../../verb.ts'
import { branchCommand } from './branch.ts'
import { foundAlias } from './found.ts'
import { newCommand } from './new.ts'

/** `touchstone chain new` and `touchstone chain branch` */
export function chainCommand(context: VerbContext): Command {
  return new Command('chain')
    .description('make a chain of your own: mine a new genesis, or branch another chain at a height')
    .addCommand(newCommand(context))
    .addCommand(branchCommand(context))
}

export { foundAlias }
