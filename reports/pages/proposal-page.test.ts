import { expect, test } from 'vitest'
import { proposalPage } from './proposal-page.ts'

test('the page of a draft holds every claim with its evidence, escapes them, and loads nothing', () => {
  const page = proposalPage({
    id: 'mine',
    text: 'Less <data>.',
    sources: ['a test'],
    claims: [{ question: 'soft fork?', answer: 'no', evidence: 'script b5 & seed 1' }],
    differences: [{ kind: 'rule', name: 'mine-rule', before: 'none', after: 'MUST' }],
    plot: {
      title: 'does it <split>?',
      x: { label: 'share', scale: 'linear' },
      y: { label: 'runs', scale: 'linear' },
      series: [{ label: 'split', kind: 'points', points: [{ x: 1, y: 0.5 }] }],
    },
    command: 'touchstone proposal report mine',
  })
  expect(page).toContain('<td>soft fork?</td><td>no</td><td><code>script b5 &amp; seed 1</code></td>')
  expect(page).toContain('Less &lt;data&gt;.')
  expect(page).toContain('mine-rule')
  expect(page).toContain('<title>does it &lt;split>?</title>')
  expect(page).not.toMatch(/<script|src=|href=/)
})
