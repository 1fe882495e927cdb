import { method } from '../../method.ts'
import { optional, text } from '../../parameter.ts'

/** Needs the table of methods, which it is part of: the node hands it in. */
export const help = method({
  name: 'help',
  category: 'control',
  summary: 'Lists the methods, or explains one',
  parameters: { command: optional(text('The method to explain')) },
  run: ({ command }, { explain }) => explain(command),
})
