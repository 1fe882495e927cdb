import type { Mutant } from '../mutant.ts'

const BLOCK = 'impl/validation/block.ts'

/** What a block holds, how much of it, and whether its bytes are those that its hash means. */
export const blockMutants: readonly Mutant[] = [
  {
    id: 'M01',
    bug: 'Transactions that a block repeats at its end go unnoticed.',
    source: 'CVE-2012-2459, Bitcoin before 0.6.1',
    file: 'impl/validation/merkle.ts',
    find: 'if (i + 1 < row.length && equalBytes(left, right)) hasTwins = true',
    replace: '',
  },
  {
    id: 'M02',
    bug: 'A block with a damaged witness makes its hash invalid for ever.',
    source: 'the first drafts of segregated witness, January 2016',
    file: 'impl/chainstate/acceptance.ts',
    find: "if (rejection.class !== 'mutated') this.fail(node, rejection)",
    replace: 'this.fail(node, rejection)',
  },
  {
    id: 'M10',
    bug: 'A block of exactly the greatest weight is refused.',
    source: 'Core bad-blk-weight',
    file: BLOCK,
    find: 'return block.weight > limits.maxBlockWeight',
    replace: 'return block.weight >= limits.maxBlockWeight',
  },
  {
    id: 'M11',
    bug: 'A block with exactly as many signature operations as are allowed is refused.',
    source: 'Core bad-blk-sigops',
    file: 'impl/chainstate/connect.ts',
    find: 'if (this.#sigopCost > chain.limits.maxBlockSigopsCost)',
    replace: 'if (this.#sigopCost >= chain.limits.maxBlockSigopsCost)',
  },
  {
    id: 'M12',
    bug: 'A block may hold a second coinbase.',
    source: 'Core bad-cb-multiple',
    file: BLOCK,
    find: "if (transactions[i]!.isCoinbase) return invalid('bad-cb-multiple', 'more than one coinbase')",
    replace: '{}',
  },
  {
    id: 'W01',
    bug: 'The first of several witness commitments counts, not the last.',
    source: 'BIP141 §Commitment structure',
    file: 'impl/validation/witness-commitment.ts',
    find: 'for (let i = coinbase.outputs.length - 1; i >= 0; i--) {',
    replace: 'for (let i = 0; i < coinbase.outputs.length; i++) {',
  },
  {
    id: 'S28',
    bug: 'A script that ends in a truncated push counts as having no signature operations.',
    source: 'btcd in 2013 (fe2233c8), rust-bitcoin in 2023 (#2075)',
    file: 'impl/script-engine/sigops.ts',
    find: 'previous = opcode\n  }\n  return count',
    replace: 'previous = opcode\n  }\n  return walk.truncated ? 0 : count',
  },
  {
    id: 'S29',
    bug: 'A multisignature counts the keys that some earlier number gave.',
    source: 'rust-bitcoin in 2026 (#6409)',
    file: 'impl/script-engine/sigops.ts',
    find: 'previous = opcode',
    replace: 'if (opcode >= OP.ONE && opcode <= OP.SIXTEEN) previous = opcode',
  },
]
