import { FileError } from './file-error.ts'

/** The value of a JSON text that a file holds. @throws FileError on what is not JSON, and where a key stands twice */
export function parseJson(path: string, text: string): unknown {
  try {
    return parseStrictJson(text)
  } catch (error) {
    throw new FileError(`${path}: ${error instanceof Error ? error.message.replaceAll('\n', ' ') : error}`)
  }
}

/** The value of a JSON text. @throws Error in one line on what is not JSON, and where an object has a key twice */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message.replaceAll('\n', ' ')}`)
  }
  const twice = repeatedKey(text)
  if (twice !== undefined) throw new Error(`${twice}: the key is there twice`)
  return value
}

/** Keys seen in an object that is open; an array has an index instead. */
type Open = { readonly keys: Set<string>; last: string } | { index: number }

/** Where an object of this text, which is JSON, has a key twice: `blocks.b1`; undefined when none has. */
export function repeatedKey(text: string): string | undefined {
  const open: Open[] = []
  let isKey = false
  for (let at = 0; at < text.length; at++) {
    const top = open.at(-1)
    switch (text[at]) {
      case '{':
        open.push({ keys: new Set(), last: '' })
        isKey = true
        break
      case '[':
        open.push({ index: 0 })
        isKey = false
        break
      case '}':
      case ']':
        open.pop()
        isKey = false
        break
      case ',':
        isKey = top !== undefined && 'keys' in top
        if (top !== undefined && 'index' in top) top.index++
        break
      case '"': {
        const end = endOfString(text, at)
        if (isKey && top !== undefined && 'keys' in top) {
          top.last = JSON.parse(text.slice(at, end + 1)) as string
          if (top.keys.has(top.last)) return open.map(partOf).join('.')
          top.keys.add(top.last)
          isKey = false
        }
        at = end
      }
    }
  }
  return undefined
}

const partOf = (open: Open) => ('keys' in open ? open.last : String(open.index))

/** The index of the quotation mark that ends the string which begins here. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end
  }
}
