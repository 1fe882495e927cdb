import { visibleLines } from '../visible.ts'

/** A piece of finished HTML. Only `html` and `raw` make one: no JSON, whatever its fields, is mistaken for markup. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

type Piece = Markup | string | number | undefined | readonly Piece[]

/** A template in which every value is escaped, unless it is markup already. @throws TypeError for any other object */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(
    strings.map((text, index) => text + (index < values.length ? render(values[index]) : '')).join(''),
  )
}

/** Text that is markup already: style sheets and the like, never data. */
export function raw(markup: string): Markup {
  return new Markup(markup)
}

function render(value: Piece): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  if (isList(value)) return value.map(render).join('')
  if (value instanceof Markup) return value.toString()
  throw new TypeError('html: expected text, a number or markup')
}

function isList(value: Markup | readonly Piece[]): value is readonly Piece[] {
  return Array.isArray(value)
}

function escapeText(text: string): string {
  return visibleLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
