import type { Mutant } from '../mutant.ts'

const TRANSACTION = 'impl/wire/transaction.ts'

/** Bytes that parse and should not, or should and do not. */
export const encodingMutants: readonly Mutant[] = [
  {
    id: 'P01',
    bug: 'A length below 253 may be written in three bytes.',
    source: 'libbitcoin (#1860), rust-bitcoin (#5697)',
    file: 'impl/wire/byte-reader.ts',
    find: "if (size < 253) throw new DecodeError('non-canonical ReadCompactSize()')",
    replace: '',
  },
  {
    id: 'P02',
    bug: 'A transaction may announce witnesses and have none.',
    source: 'BIP144; Core UnserializeTransaction',
    file: TRANSACTION,
    find: "if (!parseWitnesses(reader, inputs)) throw new DecodeError('Superfluous witness record')",
    replace: 'parseWitnesses(reader, inputs)',
  },
  {
    id: 'W05',
    bug: 'A witness item of more than 11,000 bytes cannot be parsed.',
    source: 'CVE-2022-44797, btcd before 0.23.2',
    file: TRANSACTION,
    find: 'for (let i = 0; i < count; i++) items[i] = reader.takeVariable()',
    replace: `for (let i = 0; i < count; i++) {
      items[i] = reader.takeVariable()
      if (items[i]!.length > 11_000) throw new DecodeError('witness item too large')
    }`,
  },
  {
    id: 'W06',
    bug: 'A witness of more than 500,000 items cannot be parsed.',
    source: 'btcd before 0.23.3',
    file: TRANSACTION,
    find: 'if (count === 0) continue',
    replace:
      "if (count === 0) continue\n    if (count > 500_000) throw new DecodeError('too many witness items')",
  },
]
