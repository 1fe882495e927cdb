import { method } from '../../method.ts'
import { anything, optional } from '../../parameter.ts'

const argument = optional(anything('Anything'))

export const echo = method({
  name: 'echo',
  category: 'control',
  summary: 'Returns its arguments',
  isHidden: true,
  parameters: {
    arg0: argument,
    arg1: argument,
    arg2: argument,
    arg3: argument,
    arg4: argument,
    arg5: argument,
    arg6: argument,
    arg7: argument,
    arg8: argument,
    arg9: argument,
  },
  run: (_values, _node, given) => Array.from(given, (value) => value ?? null),
})
