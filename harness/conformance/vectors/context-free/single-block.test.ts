import { expect, it } from 'vitest'
import { chainLookup } from '../../../adapters/index.ts'
import { chainRules, type Engine } from '../../../ports/index.ts'
import type { RawBlock } from '../../../wire/index.ts'
import { singleBlockCase } from './single-block.ts'

const bitcoin = chainLookup('bitcoin')!

/** The flags under which a block is judged whose coinbase names this height. */
function flagsFor(hash: string, height: number): readonly string[] {
  const scriptSig = Uint8Array.of(3, height & 0xff, (height >> 8) & 0xff, height >> 16)
  const header = new Uint8Array(80)
  header[0] = 2
  const block = { bytes: header, header, hash, time: 0, transactions: [{ inputs: [{ scriptSig }] }] }
  let heard: readonly string[] = []
  const engine = {
    name: 'listener',
    contextFree: {
      checkBlock: ({ flags }: { readonly flags: readonly string[] }) => {
        heard = flags
        return 'ok'
      },
    },
  }
  singleBlockCase(block as unknown as RawBlock, undefined, 'bitcoin').run(engine as unknown as Engine)
  return heard
}

it('a block that Core excepts is judged without the forks of script features, another one with them', () => {
  const [exception] = chainRules(bitcoin).scriptFlagExceptions
  const late = 800_000
  expect(flagsFor(exception!.hash, late)).toEqual(['DERSIG', 'CHECKLOCKTIMEVERIFY', 'CHECKSEQUENCEVERIFY'])
  expect(flagsFor('ab'.repeat(32), late)).toEqual(
    expect.arrayContaining(['P2SH', 'WITNESS', 'TAPROOT', 'DERSIG']),
  )
})
