import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { writeWhole } from '../../../files/index.ts'
import { startOf } from '../../../proposals/index.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, verb } from '../../verb.ts'

/** `touchstone proposal new ID` */
export function newCommand(context: VerbContext): Command {
  const command = new Command('new')
    .description('write a start: one file with an opcode, its examples and a generator')
    .argument('<id>', 'a name of letters, digits and dashes; the file is ID.ts in the current folder')
  return verb(command, context, async (terminal, _, [id]) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(id!))
      throw new UsageError(`${id}: expected letters, digits and dashes`)
    const file = `${id}.ts`
    if (existsSync(file)) throw new UsageError(`${file}: is there already`)
    writeWhole(file, startOf(id!))
    terminal.line(`${file} is written; now: npx touchstone proposal check ${file}`)
    return { exitCode: 0, json: { file } }
  })
}
