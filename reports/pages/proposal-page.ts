import { htmlDocument } from '../parts/document.ts'
import { html, type Markup, raw } from '../parts/markup.ts'
import { type Plot, plotSvg } from '../parts/plot.ts'

/** One answer about a draft, and by what it can be checked: a seed, bytes, a file. */
export interface ProposalClaim {
  readonly question: string
  readonly answer: string
  readonly evidence: string
}

/** Everything the page of a draft shows. */
export interface ProposalPageData {
  readonly id: string
  readonly text: string
  readonly sources: readonly string[]
  readonly claims: readonly ProposalClaim[]
  readonly differences: readonly {
    readonly kind: string
    readonly name: string
    readonly before: string
    readonly after: string
  }[]
  /** A plot below the answers. */
  readonly plot?: Plot
  /** How to have it all again. */
  readonly command: string
}

/** One self-contained HTML page for the author of a draft and for its reviewers. */
export function proposalPage(data: ProposalPageData): string {
  const { id, text, sources, claims, differences, plot, command } = data
  return htmlDocument(
    id,
    html`<h1>${id}</h1><p>${text}</p><p class="sub">${sources.join(', ')}; made by <code>${command}</code></p>
<h2>What was asked</h2><table><tr><th>question</th><th>answer</th><th>evidence</th></tr>${claims.map(claimRow)}</table>${plot === undefined ? '' : raw(plotSvg(plot))}
<h2>What changes</h2>${differences.length === 0 ? html`<p>No rule.</p>` : html`<table><tr><th>kind</th><th>name</th><th>before</th><th>after</th></tr>${differences.map(({ kind, name, before, after }) => html`<tr><td>${kind}</td><td>${name}</td><td>${before}</td><td>${after}</td></tr>`)}</table>`}`,
    { style: 'td{vertical-align:top;overflow-wrap:anywhere}' },
  )
}

function claimRow({ question, answer, evidence }: ProposalClaim): Markup {
  return html`<tr><td>${question}</td><td>${answer}</td><td><code>${evidence}</code></td></tr>`
}
