import { expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { crypto } from '../testing/test-chain.ts'
import { hashFromHex } from '../wire/index.ts'
import type { BlockNode } from './block-node.ts'
import { duplicateCheck } from './duplicates.ts'

const LAST_IMPLIED = 1_983_701
const bitcoin = builtInChain('bitcoin', crypto)!
const BIP34_BLOCK = '000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8'
const REPEATED = '00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721'
const OTHER = '00'.repeat(32)

/** A block of a branch on which every ancestor asked for has this hash. */
const at = (height: number, ancestor: string, hash = OTHER) =>
  ({
    height,
    hash: hashFromHex(hash)!,
    ancestor: () => ({ hash: hashFromHex(ancestor)! }),
  }) as unknown as BlockNode

test.each([
  ['at the block of BIP34 itself', at(227_931, BIP34_BLOCK), 'first'],
  ['above it', at(227_932, BIP34_BLOCK), 'never'],
  ['above it, on a branch without it', at(227_932, OTHER), 'first'],
  ['below the height that old coinbases announce', at(LAST_IMPLIED, BIP34_BLOCK), 'never'],
  ['at that height', at(LAST_IMPLIED + 1, BIP34_BLOCK), 'first'],
  ['in an excepted block', at(91_880, OTHER, REPEATED), 'never'],
  ['in that block at another height', at(91_881, OTHER, REPEATED), 'first'],
])('repeated ids are looked for %s', (_, node, check) => expect(duplicateCheck(node, bitcoin)).toBe(check))
