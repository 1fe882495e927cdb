import type { CompiledBlock } from '../../scenario/index.ts'
import { compactSize, parseTransaction, strippedBytes } from '../../wire/index.ts'
import { around } from '../choices.ts'
import { makePair } from '../pairs.ts'
import { tighter } from './edges.ts'
import { FORGED_WEIGHT_MAX } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

const ITEM_BYTES_MAX = 520

export const blockWeight: RuleFaults = {
  rule: 'block-weight',
  weight: 3,
  edge: tighter('maxBlockWeight', -1),
  faults: [
    function weighsMuch({ draft, parent, honest, choice }) {
      const { maxBlockWeight } = draft.chain.limits
      if (maxBlockWeight > FORGED_WEIGHT_MAX) return undefined
      const carrying = (lengths: readonly number[]) => {
        const pair = makePair(draft, parent, {
          lock: { script: `${'DROP '.repeat(lengths.length)}1`, wrap: 'p2wsh' },
          unlock: { script: lengths.map((length) => `<0x${'ab'.repeat(length)}>`).join(' ') },
        })
        return pair && { ...honest, transactions: pair }
      }
      // One item to measure with; all items have the same two bytes before them.
      const items = Math.ceil(maxBlockWeight / ITEM_BYTES_MAX)
      const lengths = Array.from({ length: items }, () => 253)
      const light = carrying(lengths)
      if (light === undefined) return undefined
      let missing = maxBlockWeight - weightOf(draft.probe(light)) + around(choice)
      const filled = lengths.map((length) => {
        const more = Math.max(253 - ITEM_BYTES_MAX, Math.min(missing, ITEM_BYTES_MAX - 253))
        missing -= more
        return length + more
      })
      const faulty = carrying(filled.map((length) => Math.max(length, 253)))
      return faulty && { faulty }
    },
  ],
}

/** Four for each byte, one for each byte of a witness. [BIP141] */
function weightOf({ coinbase, transactions }: CompiledBlock): number {
  const all = [coinbase, ...transactions]
  const bare = 80 + compactSize(all.length).length
  return all.reduce((sum, { bytes }) => {
    const raw = parseTransaction(bytes)
    return raw === undefined ? sum : sum + 3 * strippedBytes(raw).length + bytes.length
  }, 4 * bare)
}
