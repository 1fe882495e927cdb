import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PROPOSALS } from '../../spec/index.ts'
import { scanBlocks } from './scan-blocks.ts'

const blocks = join(process.env.TOUCHSTONE_VECTORS ?? '', 'blocks')
const withCoins = ['mainnet-300025', 'testnet-1087400'].map((name) => join(blocks, name))
const without = ['mainnet-363703.dat', 'mainnet-481824.bin'].map((name) =>
  join(blocks, 'without-prevouts', name),
)
const script = fileURLToPath(new URL('count-bip110.py', import.meta.url))
const draftOf = (id: string) => PROPOSALS.find((draft) => draft.id === id)!

describe.skipIf(!existsSync(blocks))('a draft over real blocks', () => {
  it('fires for BIP110 as often as a script of a few lines counts', () => {
    const files = withCoins.flatMap((place) => [join(place, 'block.raw'), join(place, 'undo.raw')])
    for (const path of without) files.push(path, '-')
    const [large, long] = execFileSync('python3', [script, ...files], { encoding: 'utf8' })
      .split(' ')
      .map(Number)
    const { firings, blocks: scanned, inputs } = scanBlocks(draftOf('bip110'), [...withCoins, ...without])
    const timesOf = (id: string) => firings.find((firing) => firing.id === id)?.times ?? 0
    expect(scanned).toBe(4)
    expect(inputs).toBeGreaterThan(100)
    expect(large).toBeGreaterThan(0)
    expect(timesOf('bip110-output-size')).toBe(large)
    expect(timesOf('script: PUSH_SIZE')).toBe(long)
  })
  it('names the rules that a block alone cannot be asked about', () => {
    expect(scanBlocks(draftOf('bip54'), [withCoins[1]!]).notAsked).toEqual([
      'bip54-first-time',
      'bip54-last-time',
    ])
  })
})
