import { method } from '../../method.ts'
import { optional, text } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

/** No secret is kept longer than one call, so that no memory is locked. */
const LOCKED = { used: 0, free: 0, total: 0, locked: 0, chunks_used: 0, chunks_free: 0 }

export const getmemoryinfo = method({
  name: 'getmemoryinfo',
  category: 'control',
  summary: 'Returns the use of locked memory, or that of the whole process',
  parameters: { mode: optional(text('stats or mallocinfo'), 'stats') },
  run: ({ mode }, { operations }) => {
    if (mode === 'stats') return { locked: LOCKED }
    if (mode !== 'mallocinfo') throw invalidParameter(`unknown mode ${mode}`)
    const members = Object.entries(operations.memory()).map(([name, bytes]) => `<${name} size="${bytes}"/>`)
    return `<malloc version="1">${members.join('')}</malloc>`
  },
})
