/** A piece of finished HTML; only `html` and `raw` make one, so that text is never mistaken for markup. */
export interface Markup {
  readonly markup: string
}

type Piece = Markup | string | number | undefined | readonly Piece[]

/** A template in which every value is escaped, unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return {
    markup: strings
      .map((text, index) => text + (index < values.length ? render(values[index]) : ''))
      .join(''),
  }
}

/** Text that is markup already: style sheets and the like, never data. */
export function raw(markup: string): Markup {
  return { markup }
}

function render(value: Piece): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  if (isList(value)) return value.map(render).join('')
  return value.markup
}

function isList(value: Markup | readonly Piece[]): value is readonly Piece[] {
  return Array.isArray(value)
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
