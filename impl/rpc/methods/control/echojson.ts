import { method } from '../../method.ts'
import { anything, optional } from '../../parameter.ts'

const argument = optional(anything('Anything'))

export const echojson = method({
  name: 'echojson',
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
  run: (values) => {
    const given = Object.values(values)
    while (given.length > 0 && given[given.length - 1] === undefined) given.pop()
    return given
  },
})
