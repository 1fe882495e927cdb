import { describe, expect, it } from 'vitest'
import { type RuleEntry, rulesPage } from './rules-page.ts'

const rule: RuleEntry = {
  id: 'coinbase-maturity',
  reason: 'bad-txns-premature-spend-of-coinbase',
  rejection: 'invalid',
  must: 'A coinbase MUST be deep.',
  sources: ['Core consensus.h', 'the paper'],
  path: ['spending', 'transaction', 'input'],
  limits: ['coinbaseMaturityBlocks'],
  file: 'spec/rules/coinbase-maturity.ts',
  code: "depth < 3 ? broken('<b>') : ok",
  testFile: 'spec/rules/coinbase-maturity.test.ts',
  scenarios: { kept: ['limits/a'], broken: ['limits/b', 'limits/c'] },
  vectors: [{ file: 'tx_valid.json', kept: 5, broken: 2 }],
}
const page = (...rules: RuleEntry[]) => rulesPage({ subtitle: 'today', rules, scriptErrors: [] })
const textOf = (markup: string) =>
  markup
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

describe('the page of the rules', () => {
  it('says of each rule what it says, whence it comes, and who fires it', () => {
    const text = textOf(page(rule))
    for (const part of [
      'A coinbase MUST be deep.',
      'source Core consensus.h; the paper',
      'since genesis',
      'asked of spending, each transaction, each input',
      'reason bad-txns-premature-spend-of-coinbase , invalid',
      'limits coinbaseMaturityBlocks',
      'broken by limits/b, limits/c kept by limits/a',
      'tx_valid.json: kept in 5 cases, broken in 2',
    ])
      expect(text).toContain(part)
  })

  it('shows code as text', () => {
    expect(page(rule)).toContain('depth &lt; 3 ? broken(&#39;&lt;b&gt;&#39;) : ok')
  })

  it('lets no script run', () => {
    expect(page(rule)).toContain('Content-Security-Policy" content="default-src \'none\';')
  })

  it('names the unit test where no scenario fires a rule, and the upgrade that brought it', () => {
    const text = textOf(page({ ...rule, since: 'bip34', scenarios: { kept: ['limits/a'], broken: [] } }))
    expect(text).toContain('broken by no scenario; spec/rules/coinbase-maturity.test.ts')
    expect(text).toContain('since bip34')
  })

  it('folds long lists', () => {
    const kept = Array.from({ length: 13 }, (_, index) => `s/${index}`)
    expect(page({ ...rule, scenarios: { kept, broken: [] } })).toContain('<summary>13 scenarios</summary>')
    const short = page({ ...rule, scenarios: { kept: kept.slice(1), broken: [] } })
    expect(short).not.toContain('12 scenarios')
  })

  it('groups rules by stage and links to each', () => {
    const markup = page(rule, { ...rule, id: 'difficulty', path: ['header'] })
    expect(markup.indexOf('<h2>spending</h2>')).toBeLessThan(markup.indexOf('<h2>header</h2>'))
    for (const id of ['coinbase-maturity', 'difficulty'])
      expect(markup).toMatch(new RegExp(`href="#${id}".*id="${id}"`, 's'))
  })

  it('counts script errors when there are any', () => {
    const markup = rulesPage({
      subtitle: '',
      rules: [],
      scriptErrors: [{ name: 'EVAL_FALSE', cases: 61 }],
    })
    expect(textOf(markup)).toContain('EVAL_FALSE 61')
    expect(page(rule)).not.toContain('script machine')
  })
})
