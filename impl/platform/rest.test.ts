import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDaemon } from './testing.ts'

const MINUTE = 60_000
/** The key 1. [SEC 2 §2.4.1] */
const KEY_ONE = 'cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA'
const MINER = 'mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r'
const PAYEE = 'mjTkW3DjgyZck4KbiRusZsqTgaYTxdSz6z'

let daemon: TestDaemon
let coinbase = ''
let payment = ''
let tip = ''

beforeAll(async () => {
  daemon = await TestDaemon.create()
  await daemon.start('-rest', '-ledgerindex', '-txindex', '-txospenderindex', '-blockfilterindex')
  const [first] = await daemon.call<string[]>('generatetoaddress', 101, MINER)
  const block = await daemon.call<{ tx: [string] }>('getblock', first)
  coinbase = block.tx[0]
  const inputs = [{ txid: coinbase, vout: 0 }]
  const outputs = [{ [PAYEE]: 30 }, { [MINER]: 19.9999 }, { data: 'c0ffee' }]
  const unsigned = await daemon.call<string>('createrawtransaction', inputs, outputs)
  const { hex } = await daemon.call<{ hex: string }>('signrawtransactionwithkey', unsigned, [KEY_ONE])
  payment = await daemon.call<string>('sendrawtransaction', hex)
  tip = (await daemon.call<[string]>('generatetoaddress', 1, MINER))[0]
}, 2 * MINUTE)

afterAll(() => daemon.remove())

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${daemon.rpcPort}/rest/${path}`, init)
}

async function json<Body>(path: string): Promise<Body> {
  const response = await get(path)
  expect(response.status, path).toBe(200)
  return (await response.json()) as Body
}

async function refusal(path: string): Promise<[number, string]> {
  const response = await get(path)
  return [response.status, (await response.text()).trim()]
}

test('blocks, headers, transactions and the chain are read without credentials', {
  timeout: MINUTE,
}, async () => {
  expect(await json('chaininfo.json')).toMatchObject({ chain: 'regtest', blocks: 102, bestblockhash: tip })
  const hex = (await (await get(`block/${tip}.hex`)).text()).trim()
  expect(hex).toBe(await daemon.call('getblock', tip, 0))
  const bytes = new Uint8Array(await (await get(`block/${tip}.bin`)).arrayBuffer())
  expect(Buffer.from(bytes).toString('hex')).toBe(hex)
  const part = (await (await get(`blockpart/${tip}.hex?offset=4&size=32`)).text()).trim()
  expect(part).toBe(hex.slice(8, 72))
  expect(await json(`block/notxdetails/${tip}.json`)).toMatchObject({ tx: [expect.any(String), payment] })
  expect(await json(`block/${tip}.json`)).toMatchObject({ tx: [{}, { txid: payment, fee: 0.0001 }] })
  const genesis = await daemon.call<string>('getblockhash', 0)
  expect(await json(`headers/${genesis}.json?count=3`)).toMatchObject([
    { height: 0 },
    { height: 1 },
    { height: 2 },
  ])
  expect((await (await get(`headers/2/${genesis}.bin`)).arrayBuffer()).byteLength).toBe(160)
  expect(await json('blockhashbyheight/102.json')).toEqual({ blockhash: tip })
  expect(await json(`tx/${payment}.json`)).toMatchObject({ txid: payment, blockhash: tip })
  expect(await json('mempool/info.json')).toMatchObject({ size: 0, loaded: true })
  expect(await json('mempool/contents.json?verbose=false')).toEqual([])
  expect(await json(`blockfilter/basic/${tip}.json`)).toEqual({ filter: expect.stringMatching(/^0[23]/) })
  expect(await json(`blockfilterheaders/basic/${tip}.json`)).toHaveLength(1)
  expect(await json(`spenttxouts/${tip}.json`)).toMatchObject([[], [{ value: 50 }]])
  expect(await json(`deploymentinfo/${tip}.json`)).toMatchObject({ height: 102 })
  expect(await json(`getutxos/${payment}-0/${coinbase}-0.json`)).toMatchObject({
    chainHeight: 102,
    bitmap: '10',
    utxos: [{ height: 102, value: 30 }],
  })
  const outpoint = Buffer.from(payment, 'hex').reverse().toString('hex')
  const post = await get('getutxos.hex', { method: 'POST', body: `0001${outpoint}00000000` })
  expect(await post.text()).toMatch(/^66000000[0-9a-f]{64}0101010000000066000000005ed0b2000000001976a914/)
})

test('what cannot be answered is a status and one line', { timeout: MINUTE }, async () => {
  expect(await refusal('block/00.json')).toEqual([400, 'Invalid hash: 00'])
  expect(await refusal(`block/${'00'.repeat(32)}.json`)).toEqual([404, `${'00'.repeat(32)} not found`])
  expect(await refusal(`block/${tip}.xml`)).toEqual([400, `Invalid hash: ${tip}.xml`])
  expect(await refusal(`block/${tip}`)).toEqual([
    404,
    'output format not found (available: .bin, .hex, .json)',
  ])
  expect(await refusal('chaininfo.bin')).toEqual([404, 'output format not found (available: json)'])
  expect(await refusal('blockhashbyheight/103.json')).toEqual([404, 'Block height out of range'])
  expect(await refusal(`headers/${tip}.json?count=2001`)).toEqual([
    400,
    'Header count is invalid or out of acceptable range (1-2000): 2001',
  ])
  expect(await refusal('nowhere')).toEqual([404, 'Not Found'])
  expect(await refusal(`ledger/provenance/${payment}-9.json`)).toEqual([
    404,
    `${payment}-9 not found in a block; -txindex finds what is spent`,
  ])
})

test('the book balances at every height, and says where a coin came from and went', {
  timeout: MINUTE,
}, async () => {
  const entry = await json<{ postings: unknown[] }>(`ledger/entry/${payment}.json`)
  expect(entry).toMatchObject({
    kind: 'payment',
    height: 102,
    postings: [
      { side: 'debit', account: `owner:${PAYEE}`, amount: 30 },
      { side: 'debit', account: `owner:${MINER}`, amount: 19.9999 },
      { side: 'debit', account: 'chain:unspendable', amount: 0 },
      { side: 'debit', account: 'chain:fees', amount: 0.0001 },
      { side: 'credit', account: `owner:${MINER}`, amount: 50, outpoint: `${coinbase}:0` },
    ],
  })
  const journal = await (await get(`ledger/entry/${payment}.hledger`)).text()
  expect(journal).toContain(`    owner:${PAYEE}  30.00000000 BTC\n`)
  expect(sumOf(journal)).toBe(0n)
  for (const height of [0, 1, 101, 102]) {
    const balance = await json<{ debits: number; credits: number; unspent: number }>(
      `ledger/balance/${height}.json`,
    )
    expect(balance, `${height}`).toMatchObject({ balanced: true, unspent: 50 * height })
    expect(balance.debits).toBe(balance.credits)
    expect(sumOf(await (await get(`ledger/balance/${height}.hledger`)).text())).toBe(0n)
  }
  expect(await json('ledger/balance.json')).toMatchObject({
    height: 102,
    accounts: [
      { account: 'owners', debits: 5150, credits: 50, balance: 5100 },
      { account: 'chain:subsidy', credits: 5150 },
      { account: 'chain:fees', debits: 0.0001, credits: 0.0001, balance: 0 },
      { account: 'chain:unclaimed', balance: 0 },
      { account: 'chain:unspendable', balance: 0 },
      { account: 'chain:genesis', balance: 50 },
      { account: 'chain:overwritten', balance: 0 },
    ],
  })
  expect(await json(`ledger/provenance/${payment}-0.json`)).toMatchObject({
    cut: false,
    steps: [
      { distance: 0, txid: payment, vout: 0, height: 102, amount: 30, source: false },
      { distance: 1, txid: coinbase, vout: 0, height: 1, amount: 50, source: true },
    ],
  })
  const forward = `ledger/provenance/${coinbase}-0.json?direction=forward`
  expect(await json(forward)).toMatchObject({
    cut: false,
    steps: [{ txid: coinbase }, { txid: payment, vout: 0 }, { txid: payment, vout: 1 }, { vout: 2 }],
  })
  expect(await json(`${forward}&steps=2`)).toMatchObject({ cut: true, steps: [{}, { vout: 0 }] })
})

test.skipIf(spawnSync('hledger', ['--version']).status !== 0)(
  'hledger takes the journal',
  {
    timeout: MINUTE,
  },
  async () => {
    const entry = await (await get(`ledger/entry/${payment}.hledger`)).text()
    const balance = await (await get('ledger/balance.hledger')).text()
    const check = (input: string) => spawnSync('hledger', ['-f', '-', 'check'], { input }).status
    expect(check(`${entry}\n${balance}`)).toBe(0)
    expect(check(entry.replace('30.00000000', '30.00000001'))).not.toBe(0)
  },
)

/** Sats that the lines of a journal add up to. */
function sumOf(journal: string): bigint {
  const amounts = [...journal.matchAll(/ {2}(-?\d+)\.(\d{8}) BTC$/gm)]
  expect(amounts.length).toBeGreaterThan(1)
  return amounts.reduce((sum, [, whole = '', fraction = '']) => sum + BigInt(whole + fraction), 0n)
}
