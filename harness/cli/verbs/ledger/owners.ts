import { type Account, type Quantum, scriptAccount } from '../../../../spec/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import { UsageError } from '../../usage-error.ts'
import type { ActiveChain } from './active-chain.ts'
import { scriptOfAddress } from './address.ts'

/** The account of a script in hex, an address, or a key's name. @throws UsageError */
export function accountOf(owner: string, data: ActiveChain): Account {
  const file = chainLookup(data.chain.name)
  const script =
    data.scriptOfName(owner) ??
    (file && scriptOfAddress(owner, file)) ??
    (/^([0-9a-f]{2})+$/.test(owner) ? Uint8Array.from(Buffer.from(owner, 'hex')) : undefined)
  if (script === undefined)
    throw new UsageError(
      `${owner}: expected a script in hex, an address of ${data.chain.name}, or a key of the scenario`,
    )
  return scriptAccount(script)
}

/** An outpoint from `TXID:INDEX` or `NAME:INDEX`. @throws UsageError */
export function outpointOf(text: string, data: ActiveChain): Quantum['outpoint'] {
  const match = /^([0-9a-f]{64}):(\d{1,10})$/.exec(data.resolveOutpoint(text))
  if (match === null)
    throw new UsageError(`${text}: expected TXID:INDEX, or NAME:INDEX of something in the scenario`)
  return { txid: match[1] as Quantum['outpoint']['txid'], index: Number(match[2]) }
}

/** How an account is shown: by its owner's name where the file gives one. */
export function ownerText(account: Account, { owners }: ActiveChain): string {
  const name = owners.get(account.replace('script:', ''))
  if (name !== undefined) return name
  return account.length > 70 ? `${account.slice(0, 67)}…` : account
}
