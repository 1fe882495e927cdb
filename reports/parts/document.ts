import { html, type Markup, raw } from './markup.ts'
import { STYLE } from './style.ts'

/** Nothing is loaded and no script runs, even where a value were to slip through unescaped. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** One self-contained page; `style` goes beyond the look that all pages share. */
export function htmlDocument(title: string, body: Markup, style = ''): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${raw(STYLE + style)}</style></head><body>
${body}
</body></html>
`.toString()
}
