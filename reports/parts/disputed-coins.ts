import { type RunBlock, type RunRecord, type RunTransaction, recordsOf } from '../run-record.ts'
import { html, type Markup } from './markup.ts'
import { stateAt } from './run-state.ts'

interface Coin {
  readonly name: string
  readonly to: string
  readonly value: bigint
}

/** A coin that several transactions of the run spend. */
interface Dispute {
  readonly coin: Coin
  readonly spenders: readonly RunTransaction[]
}

const COINS_SHOWN_MAX = 20
const SATS_PER_COIN = 100_000_000n

/** Every coin that two transactions want, each spend as a journal entry, and on which nodes it is confirmed at that moment. */
export function disputedCoins(records: readonly RunRecord[], atMs: number): Markup | undefined {
  const coins = coinsOf(records)
  const disputes = disputesOf(records, coins)
  if (disputes.length === 0) return undefined
  const places = placesOf(records, atMs)
  return html`<h3>Disputed coins</h3><div class="disputes">${disputes.slice(0, COINS_SHOWN_MAX).map((dispute) => disputeTable(dispute, coins, places))}
${disputes.length > COINS_SHOWN_MAX ? html`<p class="hint">and ${disputes.length - COINS_SHOWN_MAX} more coins</p>` : undefined}</div>`
}

function coinsOf(records: readonly RunRecord[]): Map<string, Coin> {
  const coins = new Map<string, Coin>()
  for (const record of records) {
    if (record.type !== 'block' && record.type !== 'transaction') continue
    for (const [index, { to, value }] of (record.outputs ?? []).entries()) {
      const name = `${record.name}:${index}`
      coins.set(name, { name, to, value: BigInt(value) })
    }
  }
  return coins
}

function disputesOf(records: readonly RunRecord[], coins: ReadonlyMap<string, Coin>): Dispute[] {
  const spenders = new Map<string, Map<string, RunTransaction>>()
  for (const transaction of recordsOf(records, 'transaction'))
    for (const coin of transaction.spends) {
      const known = spenders.get(coin) ?? new Map<string, RunTransaction>()
      spenders.set(coin, known.set(transaction.hash, transaction))
    }
  return [...spenders].flatMap(([name, rivals]) =>
    rivals.size < 2
      ? []
      : [{ coin: coins.get(name) ?? { name, to: 'nobody here', value: 0n }, spenders: [...rivals.values()] }],
  )
}

/** For each transaction the blocks that hold it, and the nodes that have one of these on their chain. */
interface Places {
  blocksWith(transaction: string): readonly string[]
  nodesWith(transaction: string): readonly string[]
}

function placesOf(records: readonly RunRecord[], atMs: number): Places {
  const blocks = recordsOf(records, 'block')
  const byHash = new Map(blocks.map((block) => [block.hash, block]))
  const chains = stateAt(records, atMs).map(
    ({ name, tip }) => [name, new Set(chainOf(tip?.hash, byHash))] as const,
  )
  const holding = (transaction: string) => blocks.filter(({ contents }) => contents?.includes(transaction))
  return {
    blocksWith: (transaction) => holding(transaction).map(({ name }) => name),
    nodesWith: (transaction) => {
      const hashes = holding(transaction).map(({ hash }) => hash)
      return chains.filter(([, chain]) => hashes.some((hash) => chain.has(hash))).map(([name]) => name)
    },
  }
}

/** Hashes from a tip down; a run file may hold a circle of parents. */
function chainOf(tip: string | undefined, byHash: ReadonlyMap<string, RunBlock>): string[] {
  const chain = new Set<string>()
  for (let hash = tip; hash !== undefined && !chain.has(hash); hash = byHash.get(hash)?.parent)
    chain.add(hash)
  return [...chain]
}

function disputeTable({ coin, spenders }: Dispute, coins: ReadonlyMap<string, Coin>, places: Places): Markup {
  return html`<table class="dispute"><caption>Coin <code>${coin.name}</code>: ${coinsText(coin.value)} of ${coin.to}</caption>
<thead><tr><th>entry</th><th>account</th><th class="n">debit</th><th class="n">credit</th><th>in block</th><th>confirmed on</th></tr></thead>
<tbody>${spenders.map((spender) => entryRows(spender, coins, places))}</tbody></table>`
}

/** Receivers are debited what they get, each spent coin is credited; what is left over is the fee. */
function entryRows(
  { name, spends, outputs }: RunTransaction,
  coins: ReadonlyMap<string, Coin>,
  places: Places,
): readonly Markup[] {
  const inputs = spends.map((spent) => coins.get(spent) ?? { name: spent, to: 'unknown', value: 0n })
  const fee = sum(inputs.map(({ value }) => value)) - sum(outputs.map(({ value }) => BigInt(value)))
  const lines = [
    ...outputs.map(({ to, value }) => ({ account: to, debit: coinsText(BigInt(value)), credit: '' })),
    ...(fee === 0n ? [] : [{ account: 'fee', debit: coinsText(fee), credit: '' }]),
    ...inputs.map(({ to, value, name: coin }) => ({
      account: `${to} (${coin})`,
      debit: '',
      credit: coinsText(value),
    })),
  ]
  const [blocks, nodes] = [places.blocksWith(name).join(' '), places.nodesWith(name).join(' ')]
  return lines.map(
    ({ account, debit, credit }, index) =>
      html`<tr class="${index === 0 ? 'first' : ''}"><td>${index === 0 ? html`<code>${name}</code>` : undefined}</td><td>${account}</td><td class="n">${debit}</td><td class="n">${credit}</td><td>${index === 0 ? blocks || 'none' : ''}</td><td>${index === 0 ? nodes || 'no node' : ''}</td></tr>`,
  )
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}

/** `12.5`, `-0.00000001`: sats as coins, zeros at the end left out. */
function coinsText(sats: bigint): string {
  const size = sats < 0n ? -sats : sats
  const fraction = String(size % SATS_PER_COIN)
    .padStart(8, '0')
    .replace(/0+$/, '')
  return `${sats < 0n ? '-' : ''}${size / SATS_PER_COIN}${fraction === '' ? '' : `.${fraction}`}`
}
