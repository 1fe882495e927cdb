import { method } from '../../method.ts'
import type { RpcOperations } from '../../node.ts'
import { list, optional } from '../../parameter.ts'
import { invalidParameter } from '../../rpc-error.ts'

export const logging = method({
  name: 'logging',
  category: 'control',
  summary: 'Switches categories of the log on or off, and returns which are on',
  parameters: {
    include: optional(list('Categories to log; all of them: "all" or "1"')),
    exclude: optional(list('Categories to leave out')),
  },
  run: ({ include = [], exclude = [] }, { operations }) => {
    for (const name of include) change(operations, String(name), true)
    for (const name of exclude) change(operations, String(name), false)
    const { categories, isOn } = operations.logging
    return Object.fromEntries(categories.map((category) => [category, isOn(category)]))
  },
})

function change({ logging: log }: RpcOperations, name: string, isOn: boolean): void {
  const all = ['all', '1', ''].includes(name)
  if (!all && !log.categories.includes(name)) throw invalidParameter(`unknown logging category ${name}`)
  for (const category of all ? log.categories : [name]) log.set(category, isOn)
}
