import { kindName } from './json-kind.ts'
import { CATEGORIES, type Method } from './method.ts'
import type { Parameter } from './parameter.ts'

/** One line: the name and the arguments, those that may be left out in round brackets. */
function signatureOf({ name, parameters }: Method): string {
  const words = Object.entries(parameters).map(([word, parameter]) => {
    const quoted = parameter.kinds[0] === 'string' && parameter.kinds.length === 1 ? `"${word}"` : word
    return parameter.isOptional ? `( ${quoted} )` : quoted
  })
  return [name, ...words].join(' ')
}

/** What `help NAME` prints, and what a call with the wrong number of arguments is answered with. */
export function usageOf(method: Method): string {
  if (method.usage !== undefined) return method.usage
  const lines = [signatureOf(method), '', `${method.summary}.`]
  const parameters = Object.entries(method.parameters)
  if (parameters.length > 0) lines.push('', 'Arguments:')
  parameters.forEach(([name, parameter], at) => {
    lines.push(`${at + 1}. ${name} (${describe(parameter)}) ${parameter.meaning}`)
  })
  return lines.join('\n')
}

function describe({ kinds, isOptional }: Parameter<unknown>): string {
  const kind = kinds.length === 0 ? 'any' : kinds.map(kindName).join(' or ')
  return `${kind}, ${isOptional ? 'optional' : 'required'}`
}

/** What `help` prints: the methods by category. */
export function overviewOf(methods: Iterable<Method>): string {
  const shown = [...methods].filter(({ isHidden }) => !isHidden)
  const chapters = CATEGORIES.flatMap((category) => {
    const lines = shown.filter((method) => method.category === category).map(signatureOf)
    return lines.length === 0
      ? []
      : [`== ${category[0]!.toUpperCase()}${category.slice(1)} ==\n${lines.sort().join('\n')}`]
  })
  return chapters.join('\n\n')
}
