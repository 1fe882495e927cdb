import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestDaemon } from './testing.ts'

const MINUTE = 60_000
/** [Core test/functional/rpc_signmessagewithprivkey.py] */
const KEY = 'cUeKHd5orzT3mz8P9pxyREHfsWtVfgsfDjiZZBcjUBAaGk1BTj7N'
const ADDRESS = 'mpLQjfK79b7CCV4VMJWEWAj5Mpx8Up5zxB'
const MESSAGE = 'This is just a test message'
const SIGNATURE = 'INbVnW4e6PeRmsv2Qgu8NuopvrVjkcxob+sX8OcZG0SALhWybUjzMLPdAsXI46YZGb0KQTRii+wWIQzRpG/U+S0='
/** The key 1 and its public key. [SEC 2 §2.4.1] */
const KEY_ONE = 'cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA'
const PUBLIC_ONE = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
const OTHER = 'mjTkW3DjgyZck4KbiRusZsqTgaYTxdSz6z'

let daemon: TestDaemon
let mined: string[] = []

beforeAll(async () => {
  daemon = await TestDaemon.create()
  await daemon.start('-txindex', '-txospenderindex', '-blockfilterindex')
  mined = await daemon.call<string[]>('generatetoaddress', 103, ADDRESS)
}, 2 * MINUTE)

afterAll(() => daemon.remove())

function call<Result>(method: string, ...params: unknown[]): Promise<Result> {
  return daemon.call<Result>(method, ...params)
}

/** The coinbase of the block at a height, which pays ADDRESS. */
async function coinbaseAt(height: number): Promise<string> {
  const { tx } = await call<{ tx: string[] }>('getblock', mined[height - 1])
  return tx[0]!
}

async function sign(hex: string, keys: readonly string[], coins: readonly unknown[] = []) {
  return call<{ hex: string; complete: boolean; errors?: { error: string }[] }>(
    'signrawtransactionwithkey',
    hex,
    keys,
    coins,
  )
}

test('messages are signed and verified as Core does it', { timeout: MINUTE }, async () => {
  expect(await call('signmessagewithprivkey', KEY, MESSAGE)).toBe(SIGNATURE)
  expect(await call('verifymessage', ADDRESS, SIGNATURE, MESSAGE)).toBe(true)
  expect(await call('verifymessage', ADDRESS, SIGNATURE, `${MESSAGE}!`)).toBe(false)
  expect(await call('verifymessage', OTHER, SIGNATURE, MESSAGE)).toBe(false)
})

test('a payment is made, signed, weighed, mined and found again', { timeout: 2 * MINUTE }, async () => {
  const txid = await coinbaseAt(1)
  const unsigned = await call<string>(
    'createrawtransaction',
    [{ txid, vout: 0 }],
    [{ [ADDRESS]: 49.9999 }, { data: 'c0ffee' }],
  )
  expect((await sign(unsigned, [KEY_ONE])).complete).toBe(false)
  const { hex, complete } = await sign(unsigned, [KEY])
  expect(complete).toBe(true)
  const id = await call<string>('sendrawtransaction', hex)
  expect(
    await call('gettxspendingprevout', [
      { txid, vout: 0 },
      { txid: id, vout: 0 },
    ]),
  ).toEqual([
    { txid, vout: 0, spendingtxid: id },
    { txid: id, vout: 0 },
  ])
  expect(await call('prioritisetransaction', id, 0, 5000)).toBe(true)
  expect(await call('getprioritisedtransactions')).toEqual({
    [id]: { fee_delta: 5000, in_mempool: true, modified_fee: 15_000 },
  })
  expect(await call('getmempoolentry', id)).toMatchObject({ fees: { base: 0.0001, modified: 0.00015 } })
  const [block = ''] = await call<string[]>('generatetoaddress', 1, ADDRESS)
  expect(await call('getprioritisedtransactions')).toEqual({})
  expect(await call('getrawtransaction', id, 1)).toMatchObject({
    txid: id,
    blockhash: block,
    confirmations: 1,
  })
  expect(await call('gettxspendingprevout', [{ txid, vout: 0 }])).toEqual([
    { txid, vout: 0, spendingtxid: id, blockhash: block },
  ])
  const proof = await call<string>('gettxoutproof', [id])
  expect(await call('verifytxoutproof', proof)).toEqual([id])
  const wrong = `${proof.slice(0, 200)}${proof[200] === '0' ? '1' : '0'}${proof.slice(201)}`
  await expect(call('verifytxoutproof', wrong)).resolves.toEqual([])
  expect(await call('getblockstats', 104, ['txs', 'totalfee', 'ins', 'outs', 'subsidy'])).toEqual({
    ins: 1,
    outs: 4,
    subsidy: 5_000_000_000,
    totalfee: 10_000,
    txs: 2,
  })
  expect(await call('getchaintxstats', 10)).toMatchObject({ txcount: 106, window_tx_count: 11 })
  expect(await call('getindexinfo')).toMatchObject({ txindex: { synced: true, best_block_height: 104 } })
  expect(await call('getblockfilter', block)).toMatchObject({ filter: expect.stringMatching(/^0[12]/) })
  expect(await call('verifychain')).toBe(true)
})

test('two signers of a multisignature come one after the other, in any wrapping', {
  timeout: 2 * MINUTE,
}, async () => {
  const { tx } = await call<{ tx: { txid: string }[] }>('getblock', mined[1], 2)
  const funded = await call<string>(
    'createrawtransaction',
    [{ txid: tx[0]!.txid, vout: 0 }],
    [{ [OTHER]: 1 }],
  )
  const publicKey = await publicKeyOf((await sign(funded, [KEY])).hex)
  for (const [height, type] of ['legacy', 'bech32', 'p2sh-segwit'].entries()) {
    const made = await call<{ address: string; redeemScript: string }>(
      'createmultisig',
      2,
      [PUBLIC_ONE, publicKey],
      type,
    )
    const [hash] = await call<string[]>('generatetoaddress', 1, made.address)
    await call('generatetoaddress', 100, ADDRESS)
    const block = await call<{ tx: { txid: string; vout: { scriptPubKey: { hex: string } }[] }[] }>(
      'getblock',
      hash,
      2,
    )
    const [{ txid, vout }] = block.tx as [(typeof block.tx)[number]]
    const coin = {
      txid,
      vout: 0,
      scriptPubKey: vout[0]!.scriptPubKey.hex,
      amount: (vout[0] as unknown as { value: number }).value,
      [type === 'legacy' ? 'redeemScript' : 'witnessScript']: made.redeemScript,
    }
    const unsigned = await call<string>('createrawtransaction', [{ txid, vout: 0 }], { [OTHER]: 10 })
    const first = await sign(unsigned, [KEY], [coin])
    expect(first.complete, type).toBe(false)
    const second = await sign(first.hex, [KEY_ONE], [coin])
    expect(second, type).toMatchObject({ complete: true })
    const apart = await sign(unsigned, [KEY_ONE], [coin])
    expect(await call('combinerawtransaction', [first.hex, apart.hex]), type).toBe(second.hex)
    expect(await call('testmempoolaccept', [second.hex], 0), `${type} ${height}`).toMatchObject([
      { allowed: true },
    ])
  }
})

/** The key that the only input shows for a hash of one. */
async function publicKeyOf(hex: string): Promise<string> {
  const { vin } = await call<{ vin: { scriptSig: { asm: string } }[] }>('decoderawtransaction', hex)
  return vin[0]!.scriptSig.asm.split(' ')[1]!
}

test('scripts and transactions are taken apart, and mistakes named', { timeout: MINUTE }, async () => {
  expect(await call('decodescript', '51')).toMatchObject({ asm: '1', type: 'nonstandard', segwit: {} })
  expect(await call('decodescript', '6a')).not.toHaveProperty('p2sh')
  const script = await call<{ segwit: { type: string } }>('decodescript', `21${PUBLIC_ONE}ac`)
  expect(script.segwit.type).toBe('witness_v0_keyhash')
  const refused = (inputs: unknown, outputs: unknown, ...rest: unknown[]) =>
    call('createrawtransaction', inputs, outputs, ...rest).then(
      () => 'no error',
      (error: Error) => error.message,
    )
  const txid = '00'.repeat(32)
  expect(await refused([{ txid }], {})).toBe('Invalid parameter, missing vout key')
  expect(await refused([{ txid, vout: -1 }], {})).toBe('Invalid parameter, vout cannot be negative')
  expect(await refused([], [{ [OTHER]: 1 }, { [OTHER]: 1 }])).toBe(
    `Invalid parameter, duplicated address: ${OTHER}`,
  )
  expect(await refused([], { nowhere: 1 })).toBe('Invalid Bitcoin address: nowhere')
  expect(await refused([{ txid, vout: 0, sequence: 0xffffffff }], {}, 0, true)).toMatch(/contradict/)
  expect(await refused([], {}, -1)).toBe('Invalid parameter, locktime out of range')
})

test('bans are kept over a restart and can be lifted', { timeout: 2 * MINUTE }, async () => {
  await call('setban', '10.1.2.3/8', 'add', 1000)
  await call('setban', '2001:db8::7', 'add')
  await expect(call('setban', '10.0.0.0/8', 'add')).rejects.toMatchObject({ code: -23 })
  await expect(call('setban', '10.9.9.9', 'add')).rejects.toMatchObject({ code: -23 })
  await expect(call('setban', '10.0.0.0/33', 'add')).rejects.toMatchObject({ code: -30 })
  const onion = `${'a'.repeat(56)}.onion`
  for (const subnet of [onion, '10.0.0.0/24', '9.0.0.0/8']) await call('setban', subnet, 'add')
  const addresses = async () =>
    (await call<{ address: string }[]>('listbanned')).map(({ address }) => address)
  expect(await addresses()).toEqual(['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/24', '2001:db8::7/128', onion])
  for (const subnet of [onion, '10.0.0.0/24', '9.0.0.0/8']) await call('setban', subnet, 'remove')
  expect(await daemon.stop()).toBe(0)
  await daemon.start('-txindex')
  expect(await addresses()).toEqual(['10.0.0.0/8', '2001:db8::7/128'])
  await call('setban', '10.0.0.0/8', 'remove')
  expect(await addresses()).toEqual(['2001:db8::7/128'])
  await call('clearbanned')
  expect(await addresses()).toEqual([])
})
