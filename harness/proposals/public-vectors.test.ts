import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadText } from './load.ts'
import { sourceOf } from './mutants.ts'
import { judgePublicVectors } from './public-vectors.ts'

const coinbases = join(process.env.TOUCHSTONE_VECTORS ?? '', 'proposals/bip-0054/coinbases.json')
const path = sourceOf(fileURLToPath(new URL('../..', import.meta.url)), 'bip54')
const text = readFileSync(path, 'utf8')

describe.skipIf(!existsSync(coinbases))('the public coinbases of BIP54', () => {
  it('all pass', async () => {
    expect(judgePublicVectors(await loadText(path, text), [coinbases])).toMatchObject({
      passed: 5,
      failures: [],
    })
  })
  it('name the vectors that a lock time of the height less 13 fails', async () => {
    const wrong = text.replace('equal(height - 1, ', 'equal(height - 13, ')
    expect(wrong).not.toBe(text)
    const { failures } = judgePublicVectors(await loadText(path, wrong), [coinbases])
    expect(failures).toMatchInlineSnapshot(`
      [
        "bip-0054/coinbases.json, chain 3: Block at height 4 with coinbase's nLockTime set to 3 and non-final nSequence.: expected valid, got rejected (invalid, bip54-coinbase-lock-time)",
        "bip-0054/coinbases.json, chain 4: Block at height 4 with coinbase's nLockTime set to 3 and maximum non-final nSequence.: expected valid, got rejected (invalid, bip54-coinbase-lock-time)",
      ]
    `)
  })
})
