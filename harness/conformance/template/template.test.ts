import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine } from '../../adapters/index.ts'
import { bytesToHex, displayHash, doubleSha256, hexToBytes, littleEndian } from '../../wire/index.ts'
import { commitmentScript } from './build-block.ts'
import { type AskNode, askSurroundings, judgeTemplate, readCandidate, spendingOf } from './index.ts'

const chain = chainLookup('regtest')!
const ENGINES = [createEngine('spec'), createEngine('node')]
const NOW = 1_700_000_000
const TIP = 'ab'.repeat(32)
const FEE = 7
const VALUE = 5000

/** Spends an output that anybody may, and leaves a fee. */
const spend = (txid: string, value: number, lockTime = 0, sequence = 'ffffffff') =>
  `0200000001${bytesToHex(hexToBytes(txid).reverse())}00000000${'00'}${sequence}01${hexOf(value, 8)}0151${hexOf(lockTime, 4)}`
const hexOf = (value: number, width: number) => bytesToHex(littleEndian(value, width))
const idOf = (data: string) => displayHash(doubleSha256(hexToBytes(data)))

const PARENT = spend('cd'.repeat(32), VALUE - FEE)
const CHILD = spend(idOf(PARENT), VALUE - 2 * FEE)
const entry = (data: string, depends: number[]) => ({
  data,
  txid: idOf(data),
  hash: idOf(data),
  depends,
  fee: FEE,
  sigops: 0,
  weight: 2 * data.length,
})

const BARE = {
  version: 0x20000000,
  previousblockhash: TIP,
  height: 151,
  curtime: NOW,
  mintime: NOW - 1000,
  bits: '207fffff',
  target: `7fffff${'00'.repeat(29)}`,
  coinbasevalue: 2_500_000_000 + 2 * FEE,
  sigoplimit: 80_000,
  weightlimit: 4_000_000,
  transactions: [entry(PARENT, []), entry(CHILD, [1])],
}
type Template = Record<string, unknown> & typeof BARE
const commitmentOf = (template: object) => {
  const candidate = readCandidate(JSON.stringify(template))
  return bytesToHex(commitmentScript(candidate.kind === 'template' ? candidate.transactions : []))
}
const GOOD: Template = { ...BARE, default_witness_commitment: commitmentOf(BARE) }

const COIN = { value: VALUE / 1e8, confirmations: 20, coinbase: false, scriptPubKey: { hex: '51' } }
/** Any block of the chain below. */
const HEADER = `${hexOf(0x20000000, 4)}${'00'.repeat(64)}${hexOf(NOW - 2000, 4)}ffff7f20${'00'.repeat(4)}`
const asking =
  (coin: object | null = COIN): AskNode =>
  async (method, ...params) => {
    const answers: Record<string, unknown> = {
      getblockchaininfo: { blocks: 150, bestblockhash: TIP, mediantime: NOW - 2000 },
      getblockhash: `${params[0]}`.padStart(64, '0'),
      getblockheader: params[1] === false ? HEADER : { mediantime: NOW - 5000 },
      gettxout: coin,
    }
    return answers[method]
  }

async function judge(
  text: string | object,
  { ask = asking() }: { readonly ask?: AskNode | undefined } = {},
  isAlone = false,
) {
  const candidate = readCandidate(typeof text === 'string' ? text : JSON.stringify(text))
  const surroundings = isAlone
    ? {}
    : { surroundings: await askSurroundings(ask, spendingOf(candidate) ?? [], () => chain.limits) }
  return judgeTemplate({ candidate, chain, ...surroundings, now: NOW, engines: ENGINES })
}

describe('a template', () => {
  it('that is good is accepted: its coins are asked for, or made within it', async () => {
    const { proposal, verdicts, claims, unknown } = await judge(GOOD)
    expect({ proposal, claims, unknown }).toEqual({ proposal: null, claims: [], unknown: [] })
    expect(verdicts).toEqual(ENGINES.map(({ name }) => ({ name, verdict: 'ok' })))
    expect((await judge({ result: GOOD, error: null, id: 1 })).proposal).toBeNull()
  })

  it('of which the chain is unknown is inconclusive, and what is wrong by itself is still reported', async () => {
    expect((await judge(GOOD, {}, true)).proposal).toBe('inconclusive')
    const rich = { ...GOOD, transactions: [entry(spend(TIP, 21e14 + 1), [])] }
    expect((await judge(rich, {}, true)).proposal).toBe('bad-txns-vout-toolarge')
  })

  it.each<[string, Partial<Template>, string]>([
    ['a reward that is too high', { coinbasevalue: GOOD.coinbasevalue + 1 }, 'bad-cb-amount'],
    ['a time that is not after the median', { curtime: NOW - 2000, mintime: 0 }, 'time-too-old'],
    ['a time too far ahead', { curtime: NOW + 7201 }, 'time-too-new'],
    ['an old version', { version: 3 }, 'bad-version(0x00000003)'],
    ['a target of its own', { bits: '2070ffff', target: `70ffff${'00'.repeat(29)}` }, 'bad-diffbits'],
    ['another height', { height: 152 }, 'bad-cb-height'],
    ['another parent', { previousblockhash: 'ef'.repeat(32) }, 'inconclusive-not-best-prevblk'],
    ['a child before its parent', { transactions: [...GOOD.transactions].reverse() }, 'rejected'],
  ])('with %s is refused', async (_, change, proposal) => {
    const judgement = await judge({ ...GOOD, ...change })
    expect(judgement.proposal).toBe(proposal)
    expect(new Set(judgement.verdicts.map(({ verdict }) => verdict)).size).toBe(1)
  })

  it('may be as far ahead as the chain allows, to the second', async () => {
    expect((await judge({ ...GOOD, curtime: NOW + 7200 })).proposal).toBeNull()
  })

  it('with a lock time that has not come is refused, and not with one that has', async () => {
    const locked = (lockTime: number) => {
      const transactions = [entry(spend('cd'.repeat(32), VALUE - FEE, lockTime, 'feffffff'), [])]
      const template = { ...BARE, transactions, coinbasevalue: 2_500_000_000 + FEE }
      return { ...template, default_witness_commitment: commitmentOf(template) }
    }
    expect((await judge(locked(150))).proposal).toBeNull()
    expect((await judge(locked(151))).proposal).toBe('bad-txns-nonfinal')
    expect((await judge(locked(NOW - 2001))).proposal).toBeNull()
    expect((await judge(locked(NOW - 2000))).proposal).toBe('bad-txns-nonfinal')
  })

  it('that spends what is not there, too early or against its script is refused', async () => {
    const refused = async (coin: object | null) => (await judge(GOOD, { ask: asking(coin) })).proposal
    expect(await refused(null)).toBe('bad-txns-inputs-missingorspent')
    expect(await refused({ ...COIN, coinbase: true })).toBe('bad-txns-premature-spend-of-coinbase')
    expect(await refused({ ...COIN, scriptPubKey: { hex: '00' } })).toBe('script: EVAL_FALSE')
  })

  it.each<[string, (template: Template) => object]>([
    ['transactions.0.txid', (template) => withFirst(template, { txid: TIP })],
    ['transactions.0.hash', (template) => withFirst(template, { hash: TIP })],
    ['transactions.0.weight', (template) => withFirst(template, { weight: 1 })],
    ['transactions.0.depends', (template) => withFirst(template, { depends: [2] })],
    ['transactions.0.fee', (template) => withFirst(template, { fee: FEE + 1 })],
    ['coinbasevalue', (template) => ({ ...template, coinbasevalue: template.coinbasevalue - 1 })],
    ['target', (template) => ({ ...template, target: '00'.repeat(32) })],
    ['mintime', (template) => ({ ...template, mintime: NOW + 1 })],
    ['weightlimit', (template) => ({ ...template, weightlimit: 4_000_001 })],
    ['sigoplimit', (template) => ({ ...template, sigoplimit: 80_001 })],
    ['transactions: sigops', (template) => withFirst(template, { sigops: 80_001 })],
    ['height', (template) => ({ ...template, height: 150 })],
    ['default_witness_commitment', (template) => ({ ...template, default_witness_commitment: '6a' })],
  ])('that says something false of %s is reported', async (where, change) => {
    const { claims, proposal } = await judge(change(GOOD))
    expect(claims.map((claim) => claim.where)).toContain(where)
    expect(proposal).not.toBeNull()
  })

  function withFirst(template: Template, change: object) {
    const [first, ...rest] = template.transactions
    return { ...template, transactions: [{ ...first, ...change }, ...rest] }
  }
})

describe('a block in hex', () => {
  it('is judged like the template that it was made from, its work left out', async () => {
    const { block } = await judge(GOOD)
    expect((await judge(bytesToHex(block))).proposal).toBeNull()
    const changed = block.slice()
    changed[100]! ^= 1
    expect((await judge(bytesToHex(changed))).proposal).toBe('bad-txnmrklroot')
    expect((await judge(`${bytesToHex(block)}00`)).proposal).toBe('decode-failed')
  })
})

it.each([
  ['', 'expected a getblocktemplate answer in JSON, or a block in hex'],
  ['{', 'expected a getblocktemplate answer in JSON, or a block in hex'],
  ['abc', 'expected a block in hex: two digits a byte'],
  ['00', 'expected a block: more than 80 bytes'],
  [JSON.stringify({ ...BARE, bits: 'x' }), 'bits: expected 8 hex digits'],
  [JSON.stringify({ ...BARE, transactions: [{ data: '00' }] }), 'transactions.0.data: no transaction'],
])('%s is refused in one line', (text, message) => {
  expect(() => readCandidate(text)).toThrow(message)
})
