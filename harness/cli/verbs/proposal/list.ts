import { Command } from 'commander'
import { PROPOSALS } from '../../../../spec/index.ts'
import { claimedSlots } from '../../../proposals/index.ts'
import { type VerbContext, verb } from '../../verb.ts'

/** `touchstone proposal list` */
export function listCommand(context: VerbContext): Command {
  const command = new Command('list').description('list the drafts and the places that each claims')
  return verb(command, context, async (terminal) => {
    const drafts = PROPOSALS.map((draft) => {
      const { id, text, sources } = draft
      return { id, text, sources, slots: claimedSlots(draft).slots }
    })
    for (const { id, text, slots } of drafts) {
      terminal.line(`${id.padEnd(8)} ${text}`)
      if (slots.length > 0) terminal.line(`${' '.repeat(8)} ${shorten(slots)}`)
    }
    return { exitCode: 0, json: { drafts } }
  })
}

function shorten(slots: readonly string[]): string {
  return slots.length <= 4 ? slots.join(', ') : `${slots[0]} … ${slots.at(-1)}`
}
