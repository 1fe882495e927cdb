import { method } from '../../method.ts'

export const getrpcinfo = method({
  name: 'getrpcinfo',
  category: 'control',
  summary: 'Returns what concerns this interface',
  parameters: {},
  run: (_values, { operations }) => ({
    active_commands: [{ method: 'getrpcinfo', duration: 0 }],
    logpath: operations.logFile,
  }),
})
