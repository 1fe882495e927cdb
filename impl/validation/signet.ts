import type { ChainParameters } from '../chains/index.ts'
import { type Crypto, encodePush, FLAG, ScriptWalk, TxDigests, verifyInput } from '../script-engine/index.ts'
import {
  type Block,
  ByteReader,
  ByteWriter,
  compactSizeLength,
  concatBytes,
  DecodeError,
  encodeTransaction,
  type Hasher,
  parseTransaction,
  type Transaction,
} from '../wire/index.ts'
import { merkleRoot } from './merkle.ts'
import { invalid, type Rejection } from './rejection.ts'
import { commitmentIndex } from './witness-commitment.ts'

const SOLUTION_HEADER = Uint8Array.of(0xec, 0xc7, 0xda, 0xa2)
const FLAGS = FLAG.P2SH | FLAG.WITNESS | FLAG.DERSIG | FLAG.NULLDUMMY
const OP_RETURN = Uint8Array.of(0x6a)
const MARKER_AND_FLAG_BYTES = 2

/** On a signet, each block but the first is signed by the keys of the challenge. [BIP325] */
export function checkSignetSolution(
  block: Block,
  chain: ChainParameters,
  crypto: Crypto,
): Rejection | undefined {
  const challenge = chain.signetChallenge
  if (challenge === undefined || isGenesis(block, chain)) return undefined
  const solution = readSolution(block)
  return solution !== undefined && satisfies(solution, challenge, block, crypto)
    ? undefined
    : invalid('bad-signet-blksig', 'signet block signature validation failure')
}

function isGenesis(block: Block, chain: ChainParameters): boolean {
  return block.hash.every((byte, i) => byte === chain.genesis.hash[i])
}

interface Solution {
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
  /** The coinbase as it was before the solution was put in. */
  readonly unsignedCoinbase: Uint8Array
}

/** The solution that the witness commitment's output carries; an empty one when it carries none. */
function readSolution(block: Block): Solution | undefined {
  const coinbase = block.transactions[0]
  if (coinbase === undefined) return undefined
  const index = commitmentIndex(coinbase)
  if (index === -1) return undefined
  const { script: signed } = coinbase.outputs[index]!
  const { solution, script } = cutSolution(signed)
  const unsignedCoinbase = withScript(coinbase, signed, script)
  if (solution === undefined) return { scriptSig: new Uint8Array(0), witness: [], unsignedCoinbase }
  const proof = parseProof(solution)
  return proof === undefined ? undefined : { ...proof, unsignedCoinbase }
}

/** A transaction's bytes without witnesses, one output script replaced: amounts stay as they are, whatever they are. */
function withScript(transaction: Transaction, old: Uint8Array, script: Uint8Array): Uint8Array {
  const bytes = transaction.strippedBytes()
  const start =
    old.byteOffset - transaction.raw.byteOffset - (transaction.hasWitness ? MARKER_AND_FLAG_BYTES : 0)
  return new ByteWriter()
    .put(bytes.subarray(0, start - compactSizeLength(old.length)))
    .putVariable(script)
    .put(bytes.subarray(start + old.length))
    .finish()
}

/** Takes the solution out of the first push that begins with its header; the script is rebuilt without it. */
function cutSolution(script: Uint8Array): { solution: Uint8Array | undefined; script: Uint8Array } {
  const parts: Uint8Array[] = []
  let solution: Uint8Array | undefined
  const walk = new ScriptWalk(script)
  while (walk.next()) {
    let data = walk.data()
    if (data.length === 0) {
      parts.push(Uint8Array.of(walk.opcode))
      continue
    }
    if (solution === undefined && startsWithHeader(data)) {
      solution = data.subarray(4)
      data = data.subarray(0, 4)
    }
    parts.push(encodePush(data))
  }
  return { solution, script: solution === undefined ? script : concatBytes(...parts) }
}

/** The header alone, with nothing after it, does not count. */
function startsWithHeader(data: Uint8Array): boolean {
  return data.length > SOLUTION_HEADER.length && SOLUTION_HEADER.every((byte, i) => data[i] === byte)
}

function parseProof(solution: Uint8Array): { scriptSig: Uint8Array; witness: Uint8Array[] } | undefined {
  try {
    const reader = new ByteReader(solution)
    const scriptSig = reader.takeVariable()
    const witness: Uint8Array[] = []
    for (let count = reader.count(1); count > 0; count--) witness.push(reader.takeVariable())
    reader.finish()
    return { scriptSig, witness }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** A virtual transaction commits to the block, a second one spends it with the solution. */
function satisfies(solution: Solution, challenge: Uint8Array, block: Block, crypto: Crypto): boolean {
  const signed = new ByteWriter()
    .put(block.header.raw.subarray(0, 36))
    .put(signedRoot(solution.unsignedCoinbase, block, crypto))
    .u32(block.header.time)
    .finish()
  const toSpend = virtual(
    new Uint8Array(32),
    0xffffffff,
    concatBytes(Uint8Array.of(0), encodePush(signed)),
    [],
    challenge,
    crypto,
  )
  const spending = virtual(toSpend.txid, 0, solution.scriptSig, solution.witness, OP_RETURN, crypto)
  const spent = [{ value: 0, script: challenge }]
  return verifyInput(new TxDigests(spending, spent, crypto), 0, FLAGS) === 0
}

function signedRoot(coinbase: Uint8Array, block: Block, hasher: Hasher): Uint8Array {
  const leaves = block.transactions.map((transaction, i) =>
    i === 0 ? hasher.hash256(coinbase) : transaction.txid,
  )
  return merkleRoot(leaves, hasher).root
}

function virtual(
  prevTxid: Uint8Array,
  prevIndex: number,
  scriptSig: Uint8Array,
  witness: readonly Uint8Array[],
  script: Uint8Array,
  hasher: Hasher,
): Transaction {
  const bytes = encodeTransaction({
    version: 0,
    inputs: [{ prevTxid, prevIndex, scriptSig, sequence: 0, witness }],
    outputs: [{ value: 0, script }],
    lockTime: 0,
  })
  return parseTransaction(new ByteReader(bytes), hasher)
}
