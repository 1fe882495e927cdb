import type { Mutant } from '../mutant.ts'

const TRANSACTION = 'impl/validation/transaction.ts'
const SUBSIDY = 'impl/validation/subsidy.ts'

/** Money made out of nothing. */
export const valueMutants: readonly Mutant[] = [
  {
    id: 'V08',
    bug: 'Outputs may be worth more than the coins that a transaction spends.',
    source: 'Core Consensus::CheckTxInputs, bad-txns-in-belowout',
    file: 'impl/validation/spending.ts',
    find: `return valueIn < valueOut
    ? invalid(
        'bad-txns-in-belowout',
        \`value in (\${formatAmount(valueIn)}) < value out (\${formatAmount(valueOut)})\`,
      )
    : valueIn - valueOut`,
    replace: 'return Math.max(valueIn - valueOut, 0)',
  },
  {
    id: 'V01',
    bug: 'The sum of outputs is not held to the range of money.',
    source: 'CVE-2010-5139, Bitcoin 0.3',
    file: TRANSACTION,
    find: "if (sum > limits.maxMoney) return invalid('bad-txns-txouttotal-toolarge')",
    replace: '',
  },
  {
    id: 'V03',
    bug: 'A coinbase may claim one sat more than subsidy and fees.',
    source: 'Core bad-cb-amount',
    file: 'impl/chainstate/connect.ts',
    find: 'return claimed > allowed',
    replace: 'return claimed > allowed + 1',
  },
  {
    id: 'V04',
    bug: 'The subsidy starts again after 64 halvings.',
    source: 'BIP42, Bitcoin before 0.9.2',
    file: SUBSIDY,
    find: 'return halvings >= 64 ? 0 : Math.floor(limits.initialSubsidy / 2 ** halvings)',
    replace: 'return Math.floor(limits.initialSubsidy / 2 ** (halvings % 64))',
  },
  {
    id: 'V05',
    bug: 'The subsidy halves one block late.',
    source: 'Core GetBlockSubsidy',
    file: SUBSIDY,
    find: 'Math.floor(height / limits.halvingInterval)',
    replace: 'Math.floor(Math.max(height - 1, 0) / limits.halvingInterval)',
  },
  {
    id: 'V07',
    bug: 'A transaction that is no coinbase may name the null outpoint.',
    source: 'Floresta before July 2025 (#549)',
    file: TRANSACTION,
    find: "for (const input of inputs) if (input.isNull) return invalid('bad-txns-prevout-null')",
    replace: '',
  },
]
