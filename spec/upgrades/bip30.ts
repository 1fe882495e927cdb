import { toHex } from '../encoding/index.ts'
import { noOverwrite } from '../rules/index.ts'
import { ancestorAt, hash } from '../vocabulary/index.ts'
import { drawBytes } from './draw.ts'
import { about } from './example.ts'
import type { Position, Upgrade } from './upgrade.ts'

/** Made in block 91722 and again, over its unspent output, in block 91880. */
const FIRST_REPEATED_COINBASE = hash('e3bf3d07d4b0375638d5f1db5255fe07ba2c4cb067cd81b84ee974b6585fb468')

export const bip30: Upgrade = {
  id: 'bip30',
  text: 'A transaction may not repeat the id of one that has unspent outputs.',
  sources: ['BIP30', 'CVE-2012-1909'],
  deployment: { kind: 'always' },
  rules: [noOverwrite],
  examples: {
    accepts: [about(noOverwrite, { overwritten: undefined })],
    rejects: [about(noOverwrite, { overwritten: { txid: FIRST_REPEATED_COINBASE, index: 0 } })],
    generator: (draw) => ({
      accepts: about(noOverwrite, { overwritten: undefined }),
      rejects: about(noOverwrite, {
        overwritten: { txid: hash(toHex(drawBytes(draw, 32))), index: draw(0xffffffff) },
      }),
    }),
  },
  isExempt: (at) => isListed(at) || isImpliedByBip34(at),
}

/** Where BIP34 came into force on the main chain and on testnet3; above these blocks ids cannot repeat for a while. [Core BIP34Hash] */
const BIP34_BLOCKS = [
  { height: 227931, hash: hash('000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8') },
  { height: 21111, hash: hash('0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8') },
]
/** From here on, heights were announced before BIP34 in coinbases that might repeat. [Core BIP34_IMPLIES_BIP30_LIMIT] */
const IMPLIED_UNTIL_HEIGHT = 1983702

function isListed({ chain, parent, hash }: Position): boolean {
  return chain.bip30Exceptions.some((block) => block.height === parent.height + 1 && block.hash === hash)
}

function isImpliedByBip34({ parent }: Position): boolean {
  if (parent.height + 1 >= IMPLIED_UNTIL_HEIGHT) return false
  return BIP34_BLOCKS.some((block) => ancestorAt(parent, block.height)?.hash === block.hash)
}
