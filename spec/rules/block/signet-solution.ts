import {
  decodeAll,
  encodeAll,
  hashFormat,
  int32,
  listOf,
  merkleTree,
  struct,
  transactionTree,
  txid,
  uint32,
  varBytes,
} from '../../encoding/index.ts'
import type { Outcome } from '../../language/index.ts'
import { broken, equal, ok } from '../../language/index.ts'
import { encodePush, instructions, verifyInput } from '../../script/index.ts'
import type { Block, Hash, Header, Transaction } from '../../vocabulary/index.ts'
import { NULL_HASH, NULL_INDEX, sats } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'
import { commitmentIndex } from './witness-commitment-output.ts'

/** Starts the push in the witness commitment that carries the solution. */
const SOLUTION_HEADER = Uint8Array.of(0xec, 0xc7, 0xda, 0xa2)
const FEATURES = new Set(['P2SH', 'WITNESS', 'DERSIG', 'NULLDUMMY'])

export const signetSolution: ConsensusRule<ContextFreeBlock> = rule({
  id: 'signet-solution',
  reason: 'bad-signet-blksig',
  must: "On a chain with a challenge, a block after genesis MUST have a witness commitment whose solution, empty where it carries none, satisfies the chain's challenge.",
  sources: ['BIP325', 'Core signet.cpp CheckSignetBlockSolution'],
  check: ({ block, signetChallenge }) => {
    if (signetChallenge === undefined) return ok
    const outcome = checkSolution(block, signetChallenge)
    return outcome === ok || isCommittedTo(block) ? outcome : { ...outcome, rejection: 'mutated' }
  },
})

function checkSolution(block: Block, signetChallenge: Uint8Array): Outcome {
  const request = solutionOf(block)
  if (request === undefined) return broken('a readable solution', 'none')
  const spentOutputs = [{ value: sats(0n), script: signetChallenge }]
  const transaction = spendingTransaction(request, signetChallenge)
  return equal('OK', verifyInput({ transaction, inputIndex: 0, spentOutputs, features: FEATURES }))
}

/** The solution is asked before the Merkle root: where that is not the block's own, the hash may belong to other transactions. */
function isCommittedTo({ header, transactions }: Block): boolean {
  const { root, isMutated } = transactionTree(transactions)
  return root === header.merkleRoot && !isMutated
}

/** What authorises a block, and the bytes of the block that it authorises. */
interface Solution {
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
  readonly blockData: Uint8Array
}

type Unlocking = Pick<Solution, 'scriptSig' | 'witness'>
const NO_SOLUTION: Unlocking = { scriptSig: new Uint8Array(), witness: [] }
const solutionFormat = struct<Unlocking>({ scriptSig: varBytes, witness: listOf(varBytes) })

/** The part of a header that is signed: proof of work comes after, so bits and nonce are left out. */
const signedHeader = struct<Pick<Header, 'version' | 'previous' | 'merkleRoot' | 'time'>>({
  version: int32,
  previous: hashFormat,
  merkleRoot: hashFormat,
  time: uint32,
})

function solutionOf(block: Block): Solution | undefined {
  const index = commitmentIndex(block)
  if (index === undefined) return undefined
  const coinbase = block.transactions[0]!
  const { solution, remainder } = takeSolution(coinbase.outputs[index]!.script)
  const merkleRoot = rootWithCoinbase(block, withScript(coinbase, index, remainder))
  const blockData = encodeAll(signedHeader, { ...block.header, merkleRoot })
  if (solution === undefined) return { ...NO_SOLUTION, blockData }
  const decoded = decodeAll(solutionFormat, solution)
  return decoded.ok ? { ...decoded.value, blockData } : undefined
}

/** The first push that starts as a solution, and the script with the solution cut out of it. */
function takeSolution(script: Uint8Array): { solution?: Uint8Array; remainder: Uint8Array } {
  let solution: Uint8Array | undefined
  const parts: Uint8Array[] = []
  for (const instruction of instructions(script)) {
    if (instruction === undefined) break
    const { code, data } = instruction
    if (solution === undefined && startsSolution(data)) {
      solution = data.slice(SOLUTION_HEADER.length)
      parts.push(encodePush(SOLUTION_HEADER))
    } else parts.push(data.length > 0 ? encodePush(data) : Uint8Array.of(code))
  }
  if (solution === undefined) return { remainder: script }
  return { solution, remainder: Uint8Array.from(parts.flatMap((part) => [...part])) }
}

function startsSolution(data: Uint8Array): boolean {
  return data.length > SOLUTION_HEADER.length && SOLUTION_HEADER.every((byte, at) => data[at] === byte)
}

function withScript(transaction: Transaction, index: number, script: Uint8Array): Transaction {
  const outputs = transaction.outputs.map((output, at) => (at === index ? { ...output, script } : output))
  return { ...transaction, outputs }
}

function rootWithCoinbase(block: Block, coinbase: Transaction): Hash {
  return merkleTree([coinbase, ...block.transactions.slice(1)].map(txid)).root
}

/** The second of BIP325's two imaginary transactions: it spends the first, whose output is the challenge. */
function spendingTransaction(
  { scriptSig, witness, blockData }: Solution,
  challenge: Uint8Array,
): Transaction {
  const funding: Transaction = {
    version: 0,
    inputs: [
      {
        outpoint: { txid: NULL_HASH, index: NULL_INDEX },
        scriptSig: Uint8Array.of(0x00, ...encodePush(blockData)),
        sequence: 0,
        witness: [],
      },
    ],
    outputs: [{ value: sats(0n), script: challenge }],
    lockTime: 0,
  }
  return {
    version: 0,
    inputs: [{ outpoint: { txid: txid(funding), index: 0 }, scriptSig, sequence: 0, witness }],
    outputs: [{ value: sats(0n), script: Uint8Array.of(0x6a) }],
    lockTime: 0,
  }
}
