import { method } from '../../method.ts'
import { integer } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

const TIME_MAX = 9_223_372_036

export const setmocktime = method({
  name: 'setmocktime',
  category: 'control',
  summary: 'Sets the clock of the node, for tests',
  isHidden: true,
  parameters: { timestamp: integer('Unix time in seconds; 0 gives back the real time') },
  run: ({ timestamp }, { operations }) => {
    if (timestamp < 0 || timestamp > TIME_MAX)
      throw invalidParameter(`Mocktime must be in the range [0, ${TIME_MAX}], not ${timestamp}.`)
    operations.setMockTime(timestamp)
    return null
  },
})
