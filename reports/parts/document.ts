import { sha256 } from '@noble/hashes/sha2.js'
import { html, type Markup, raw } from './markup.ts'
import { STYLE } from './style.ts'

/** What goes beyond the text of a page. */
export interface DocumentExtras {
  /** Beyond the look that all pages share. */
  readonly style?: string
  /** The one script that may run in it. */
  readonly script?: string
}

/** One self-contained page: nothing is loaded, and no script runs but its own, even where a value slipped through unescaped. */
export function htmlDocument(
  title: string,
  body: Markup,
  { style = '', script }: DocumentExtras = {},
): string {
  const code = script?.replaceAll('</', '<\\/')
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${raw(policyFor(code))}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${raw(STYLE + style)}</style></head><body>
${body}
${code === undefined ? undefined : html`<script>${raw(code)}</script>`}</body></html>
`.toString()
}

/** Data that a page's own script reads; no tag can end it early. */
export function embeddedJson(id: string, value: unknown): Markup {
  return html`<script type="application/json" id="${id}">${raw(JSON.stringify(value).replaceAll('<', '\\u003c'))}</script>`
}

/** The Content-Security-Policy: a script is allowed by its own digest. */
function policyFor(code: string | undefined): string {
  const scripts =
    code === undefined ? '' : `; script-src 'sha256-${base64(sha256(new TextEncoder().encode(code)))}'`
  return `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'${scripts}`
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
