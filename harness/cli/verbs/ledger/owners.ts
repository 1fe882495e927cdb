import { type Account, type Quantum, scriptAccount } from '../../../../spec/index.ts'
import { chainLookup, createEngine, facetOf } from '../../../adapters/index.ts'
import { UsageError } from '../../usage-error.ts'
import type { ActiveChain } from './active-chain.ts'

/** The account of a script in hex, an address, or a key's name. @throws UsageError */
export function accountOf(owner: string, data: Pick<ActiveChain, 'chain' | 'scriptOfName'>): Account {
  const script =
    data.scriptOfName(owner) ??
    scriptOfAddress(owner, data.chain.name) ??
    (isHex(owner) ? Uint8Array.from(Buffer.from(owner, 'hex')) : undefined)
  if (script === undefined)
    throw new UsageError(
      `${shortened(owner)}: expected a script in hex, an address of ${data.chain.name}, or a key of the scenario`,
    )
  return scriptAccount(script)
}

/** The script of an address on a built-in chain; other chains have no addresses of their own. */
function scriptOfAddress(text: string, chain: string): Uint8Array | undefined {
  if (chainLookup(chain) === undefined) return undefined
  return facetOf(createEngine('node'), 'addresses')?.scriptOfAddress(text, chain)
}

function isHex(text: string): boolean {
  return text.length > 0 && text.length % 2 === 0 && /^[0-9a-f]+$/.test(text)
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}…` : text
}

/** An outpoint from `TXID:INDEX` or `NAME:INDEX`. @throws UsageError */
export function outpointOf(text: string, data: ActiveChain): Quantum['outpoint'] {
  const match = /^([0-9a-f]{64}):(\d{1,10})$/.exec(data.resolveOutpoint(text))
  if (match === null)
    throw new UsageError(
      `${shortened(text)}: expected TXID:INDEX, or NAME:INDEX of something in the scenario`,
    )
  return { txid: match[1] as Quantum['outpoint']['txid'], index: Number(match[2]) }
}

/** How an account is shown: by its owner's name where the file gives one. */
export function ownerText(account: Account, { owners }: ActiveChain): string {
  const name = owners.get(account.replace('script:', ''))
  if (name !== undefined) return name
  return account.length > 70 ? `${account.slice(0, 67)}…` : account
}
