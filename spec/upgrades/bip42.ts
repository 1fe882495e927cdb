import { subsidyEnds } from '../rules/index.ts'
import { height, sats } from '../vocabulary/index.ts'
import { about, blockOf } from './example.ts'
import type { Upgrade } from './upgrade.ts'

/** Of the main chain: 64 halvings of 210,000 blocks. */
const FIRST_WITHOUT_SUBSIDY = 13_440_000

export const bip42: Upgrade = {
  id: 'bip42',
  text: 'The subsidy ends after the 64th halving instead of starting again.',
  sources: ['BIP42'],
  deployment: { kind: 'always' },
  rules: [subsidyEnds],
  examples: {
    accepts: [claim(FIRST_WITHOUT_SUBSIDY - 1, 7, 8), claim(FIRST_WITHOUT_SUBSIDY, 7, 7)],
    rejects: [claim(FIRST_WITHOUT_SUBSIDY, 7, 8)],
    generator: (draw) => {
      const [at, fees] = [FIRST_WITHOUT_SUBSIDY + draw(210_000), draw(100_000_000)]
      return { accepts: claim(at, fees, draw(fees + 1)), rejects: claim(at, fees, fees + 1 + draw(1_000)) }
    },
  },
}

/** A block of this height with these fees, whose coinbase pays out `claimed` sats. */
function claim(at: number, fees: number, claimed: number) {
  const block = blockOf(new Uint8Array(), sats(claimed))
  return about(subsidyEnds, { block, height: height(at), fees: sats(fees) })
}
