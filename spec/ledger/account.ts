import { toHex } from '../encoding/index.ts'

/**
 * The owner of a posting. Owners are known by their script alone; the chain keeps six accounts of its own:
 *
 * - `subsidy`: the source of new quanta; its credits are the subsidy that the rules allow.
 * - `fees`: what inputs hold beyond the outputs, on its way to the block's coinbase; zero after every block.
 * - `unclaimed`: what a coinbase was allowed to take and did not.
 * - `unspendable`: outputs that no script can ever spend.
 * - `genesis`: the outputs of block 0, which are not coins. [Core ConnectBlock: the genesis coinbase is not spendable]
 * - `overwritten`: coins replaced by a later coinbase of the same id. [BIP30]
 */
export type Account = `script:${string}` | ChainAccount

type ChainAccount = 'subsidy' | 'fees' | 'unclaimed' | 'unspendable' | 'genesis' | 'overwritten'

/** The account of everyone who can satisfy this script. */
export function scriptAccount(script: Uint8Array): Account {
  return `script:${toHex(script)}`
}

/** Whether an account belongs to an owner and not to the chain. */
export function isOwner(account: Account): boolean {
  return account.startsWith('script:')
}
