import { describe, expect, test } from 'vitest'
import { BlockNode } from '../chainstate/index.ts'
import { testChain } from '../testing/chains.ts'
import { Forge } from '../testing/forge.ts'
import { ANYONE, coinbaseOf, crypto, spend } from '../testing/spends.ts'
import { merkleRoot } from '../validation/index.ts'
import {
  Block,
  BlockHeader,
  ByteReader,
  concatBytes,
  createMerkleProof,
  encodeHeader,
  parseTransaction,
  type Transaction,
  verifyMerkleProof,
} from '../wire/index.ts'
import { blockFault } from './block-fault.ts'
import { provesInclusion } from './inclusion.ts'

const chain = testChain(crypto)
const genesis = new BlockNode(chain.genesis.header, undefined)
const block = new Forge(chain, crypto).block(genesis)
const [coinbase] = block.transactions

function payment(value: number): Transaction {
  return parseTransaction(new ByteReader(spend([{ from: coinbaseOf(block.raw) }], [value])), crypto)
}

function headerOver(root: Uint8Array): BlockHeader {
  const { version, previousHash, time, bits } = block.header
  return new BlockHeader(
    encodeHeader({ version, previousHash, merkleRoot: root, time, bits, nonce: 0 }),
    crypto,
  )
}

describe('a proof that a transaction is in a block', () => {
  const transactions = [coinbase!, payment(1), payment(2), payment(3)]
  const txids = transactions.map(({ txid }) => txid)
  const header = headerOver(merkleRoot(txids, crypto).root)
  const proves = (index: number, matches: readonly number[], totalMax = 4) =>
    provesInclusion(
      {
        transaction: transactions[index]!,
        coinbase: coinbase!,
        proof: createMerkleProof(txids, new Set(matches), crypto),
      },
      header,
      totalMax,
      crypto,
    )

  test('covers the transaction and the coinbase', () => {
    expect(proves(2, [0, 2])).toBe(true)
    expect(proves(0, [0])).toBe(true)
    expect(proves(2, [2])).toBe(false)
    expect(proves(2, [0, 1])).toBe(false)
  })

  test('of more transactions than a block can hold shows nothing', () => {
    expect(proves(2, [0, 2], 3)).toBe(false)
  })

  test('of a leaf below a transaction of 64 bytes shows nothing [CVE-2017-12842]', () => {
    // The second transaction of the block is these 64 bytes: an id that the attacker likes, and 32 bytes to go with it.
    const wished = payment(99)
    const filler = new Uint8Array(32).fill(1)
    const disguised = crypto.hash256(concatBytes(wished.txid, filler))
    const root = merkleRoot([coinbase!.txid, disguised], crypto).root
    const proof = {
      total: 4,
      hashes: [coinbase!.txid, wished.txid, filler],
      flags: [true, false, true, true, false, false, false, false],
    }
    // By itself the proof holds.
    expect(verifyMerkleProof(proof, root, 4, crypto)).toEqual([{ index: 2, txid: wished.txid }])
    const lie = { transaction: wished, coinbase: coinbase!, proof }
    expect(provesInclusion(lie, headerOver(root), 4, crypto)).toBe(false)
  })
})

test('a block of inner nodes in the guise of transactions is refused [CVE-2017-12842]', () => {
  const forge = new Forge(chain, crypto)
  // Any bytes of 64 that read as a transaction will do for a leaf.
  const node = forge.transaction({
    inputs: [
      { prevTxid: new Uint8Array(32).fill(3), prevIndex: 0, scriptSig: new Uint8Array(4), sequence: 0 },
    ],
    outputs: [{ value: 1, script: ANYONE.slice(0, 0) }],
  })
  expect(node.strippedSize).toBe(64)
  const header = headerOver(merkleRoot([node.txid, node.txid], crypto).root)
  expect(blockFault(new Block(block.raw, header, [node, node]), crypto)).toBeDefined()
  const other = headerOver(merkleRoot([node.txid], crypto).root)
  expect(blockFault(new Block(block.raw, other, [node]), crypto)).toBeDefined()
  expect(blockFault(block, crypto)).toBeUndefined()
})
