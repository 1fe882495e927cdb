import { method } from '../../method.ts'

export const getrpcinfo = method({
  name: 'getrpcinfo',
  category: 'control',
  summary: 'Returns what concerns this interface',
  parameters: {},
  run: (_values, { operations, activeCalls, sinceStartMs }) => ({
    active_commands: Array.from(activeCalls, ({ method: name, beganMs }) => ({
      method: name,
      duration: Math.floor((sinceStartMs() - beganMs) * 1000),
    })),
    logpath: operations.logFile,
  }),
})
