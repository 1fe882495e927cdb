import type { Mutant } from '../mutant.ts'

const TRANSACTION = 'impl/validation/transaction.ts'

/** Which coins there are, and which may be spent. */
export const coinMutants: readonly Mutant[] = [
  {
    id: 'U04',
    bug: 'A coinbase may be spent one block too early.',
    source: 'Core COINBASE_MATURITY; missing in Floresta before April 2025 (#440)',
    file: 'impl/validation/spending.ts',
    find: 'spendHeight - coin.height >= limits.coinbaseMaturity',
    replace: 'spendHeight - coin.height >= limits.coinbaseMaturity - 1',
  },
  {
    id: 'U15',
    bug: 'Disconnecting a block does not bring back the first coin it spent.',
    source: 'Core DisconnectBlock',
    file: 'impl/chainstate/disconnect.ts',
    find: 'coins.restore(input.outpoint, tail)',
    replace: 'if (next > 0) coins.restore(input.outpoint, tail)',
  },
  {
    id: 'U01',
    bug: 'One transaction may spend the same coin twice.',
    source: 'CVE-2018-17144, Core 0.14 to 0.16.2',
    file: TRANSACTION,
    find: "if (inputs.length > 1 && hasDuplicates(inputs)) return invalid('bad-txns-inputs-duplicate')",
    replace: '',
  },
  {
    id: 'U03',
    bug: 'A coin made earlier in the same block cannot be spent.',
    source: 'libbitcoin in 2017, order of transactions in a block',
    file: 'impl/chainstate/block-coins.ts',
    find: 'this.#findAtTip(input) ?? this.#findOwn(input)',
    replace: 'this.#findAtTip(input)',
  },
  {
    id: 'U08',
    bug: 'A duplicate coinbase takes the place of unspent outputs.',
    source: 'BIP30, CVE-2012-1909, Bitcoin before 0.6',
    file: 'impl/chainstate/connect.ts',
    find: 'if (this.#coins.lookup(outpoint) !== NO_ENTRY)',
    replace: 'if (false as boolean)',
  },
  {
    id: 'U13',
    bug: 'An output that begins with OP_RETURN becomes a coin.',
    source: 'Core CScript::IsUnspendable',
    file: 'impl/chainstate/coin-record.ts',
    find: 'script.length > SCRIPT_BYTES_MAX || (script.length > 0 && script[0] === OP_RETURN)',
    replace: 'script.length > SCRIPT_BYTES_MAX',
  },
  {
    id: 'U14',
    bug: 'A transaction that makes an output with a script of more than 10,000 bytes is refused.',
    source: 'Floresta (#396, #400)',
    file: TRANSACTION,
    find: 'for (const { value } of outputs) {',
    replace:
      "for (const { value, script } of outputs) {\n    if (script.length > 10_000) return invalid('bad-txns-script-size')",
  },
]
