import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createTerminal } from './terminal.ts'

it('says every ten seconds where long work stands when stderr is no terminal', () => {
  const stderr = new PassThrough({ encoding: 'utf8' })
  let now = 0
  const terminal = createTerminal({ stdout: new PassThrough(), stderr }, false, () => now)
  const bar = terminal.progress('corpus', 200)
  for (now = 1000; now <= 25_000; now += 1000) bar.update(now / 1000, `story ${now / 1000}`)
  bar.stop()
  expect(stderr.read()).toBe('corpus: 5 % story 10\ncorpus: 10 % story 20\n')
})
