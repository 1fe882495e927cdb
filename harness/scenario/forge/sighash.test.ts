import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesToHex, displayHash, hexToBytes, parseTransaction } from '../../wire/index.ts'
import { legacySighash, taprootSighash, witnessSighash } from './sighash.ts'

const require = createRequire(import.meta.url)
const data = join(dirname(require.resolve('bitcore-lib/package.json')), 'test/data')
const json = (file: string) => JSON.parse(readFileSync(join(data, file), 'utf8'))

describe('the forge signs what others sign', () => {
  it('legacy: the 500 random cases of Core, those without a code separator', () => {
    const cases = json('sighash.json').slice(1) as [string, string, number, number, string][]
    const plain = cases.filter(([, script]) => !script.includes('ab'))
    expect(plain.length).toBeGreaterThan(100)
    for (const [raw, script, index, hashType, digest] of plain) {
      const transaction = parseTransaction(hexToBytes(raw))!
      expect(displayHash(legacySighash(transaction, index, hexToBytes(script), hashType))).toBe(digest)
    }
  })

  it('version 0: the P2WPKH example of BIP143', () => {
    const transaction = parseTransaction(
      hexToBytes(
        '0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000',
      ),
    )!
    const code = hexToBytes('76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac')
    expect(bytesToHex(witnessSighash(transaction, 1, code, 600_000_000n, 1))).toBe(
      'c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670',
    )
  })

  it('taproot: the key-path cases of BIP341', () => {
    const [{ given, inputSpending }] = json('bitcoind/wallet_test_vectors.json').keyPathSpending
    const transaction = parseTransaction(hexToBytes(given.rawUnsignedTx))!
    const spent = given.utxosSpent.map((coin: { amountSats: number; scriptPubKey: string }) => ({
      value: BigInt(coin.amountSats),
      script: hexToBytes(coin.scriptPubKey),
    }))
    expect(inputSpending.length).toBe(7)
    for (const { given: input, intermediary } of inputSpending) {
      const digest = taprootSighash(transaction, input.txinIndex, spent, input.hashType)
      expect(bytesToHex(digest)).toBe(intermediary.sigHash)
    }
  })
})
