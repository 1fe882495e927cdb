import type { ChainFile } from '../ports/index.ts'
import type { CompiledBlock } from '../scenario/index.ts'
import {
  type BlockSource,
  createForge,
  type Lock,
  pushBytes,
  type TransactionSource,
  transactionSchema,
} from '../scenario/index.ts'
import {
  bytesToHex,
  concatBytes,
  counted,
  countedList,
  hexToBytes,
  parseTransaction,
  type RawTransaction,
} from '../wire/index.ts'

/** How a block's solution is made: as the challenge asks, or not. */
export type Solution = (typeof SOLUTIONS)[number]
export const SOLUTIONS = [
  'right',
  'none',
  'empty',
  'stranger',
  'longer',
  'shorter',
  'twice',
  'early',
] as const

/** Scripts that authorise a signet's blocks. BIP325's verification knows nothing of taproot. */
export const CHALLENGES: readonly Lock[] = [
  { multisig: { need: 1, keys: ['alice', 'bob'] }, wrap: 'bare' },
  { key: 'alice', type: 'p2wpkh' },
  { key: 'alice', type: 'p2pk' },
  { multisig: { need: 2, keys: ['alice', 'bob'] }, wrap: 'p2wsh' },
  { key: 'alice', type: 'p2sh-p2wpkh' },
  { key: 'alice', type: 'p2tr' },
  'anyone',
]

/** Starts the push that carries the solution. [BIP325] */
const SOLUTION_HEADER = hexToBytes('ecc7daa2')
const RESERVED_VALUE = '00'.repeat(32)
const COMMITMENT_PREFIX = '6a24aa21a9ed'
const STRANGER = 'carol'

/** What a block is signed for. */
export interface Authority {
  readonly chainFile: ChainFile
  readonly challenge: Lock
  readonly keys: readonly string[]
}

/**
 * The block with a witness commitment that carries a solution. `forge` makes blocks that are sent to nobody.
 * [BIP325 §Block solution]
 */
export function solve(
  source: BlockSource,
  solution: Solution,
  isSegwitActive: boolean,
  authority: Authority,
  forge: (source: BlockSource) => CompiledBlock,
): BlockSource {
  if (source.coinbase?.witnessCommitment === 'none') return source
  // Neither bits nor proof of work are signed: the chain's own are soon met.
  const quickly = ({ bits: _, ...rest }: BlockSource) => forge({ ...rest, mine: 'before', edits: [] })
  const commitment = commitmentOf(
    quickly({
      ...source,
      coinbase: { ...source.coinbase, witnessCommitment: source.coinbase?.witnessCommitment ?? 'always' },
    }),
  )
  const carrying = (...pushes: readonly Uint8Array[]): BlockSource => ({
    ...source,
    coinbase: {
      ...source.coinbase,
      witnessCommitment: 'none',
      outputs: [
        ...(source.coinbase?.outputs ?? []),
        { to: { raw: commitment + bytesToHex(concatBytes(...pushes.map(pushBytes))) }, value: 0 },
      ],
    },
    edits: [
      ...(isSegwitActive ? [{ transaction: 0, witness: [RESERVED_VALUE] }] : []),
      ...(source.edits ?? []),
    ],
  })
  if (solution === 'none') return carrying()
  const before = solution === 'early' ? [hexToBytes('abcd')] : []
  const unsolved = quickly(carrying(...before, SOLUTION_HEADER))
  const proof = prove(blockData(unsolved), authority, solution)
  return carrying(
    ...before,
    concatBytes(SOLUTION_HEADER, proof),
    ...(solution === 'twice' ? [concatBytes(SOLUTION_HEADER, proof)] : []),
  )
}

/** The script of the commitment, as the last output has it. */
function commitmentOf({ coinbase }: CompiledBlock): string {
  const script = bytesToHex(coinbase.outputs.at(-1)!.script)
  if (!script.startsWith(COMMITMENT_PREFIX)) throw new Error('the forge made no commitment')
  return script
}

/** The header's fields that are signed: proof of work comes after. */
function blockData({ header }: CompiledBlock): Uint8Array {
  return header.slice(0, 72)
}

/** Signs the two imaginary transactions of BIP325. */
function prove(data: Uint8Array, { chainFile, challenge, keys }: Authority, solution: Solution): Uint8Array {
  if (solution === 'empty') return Uint8Array.of(0, 0)
  // Nobody signs for what anyone may spend.
  const unlock =
    solution === 'stranger' && challenge !== 'anyone' ? { keys: strangers(challenge) } : undefined
  const toSpend: TransactionSource = {
    version: 0,
    inputs: [
      {
        spends: { txid: '00'.repeat(32), index: 0xffffffff },
        sequence: 0,
        unlock: { scriptSig: `00${bytesToHex(pushBytes(data))}` },
      },
    ],
    outputs: [{ to: challenge, value: 0 }],
  }
  const toSign: TransactionSource = {
    version: 0,
    inputs: [{ spends: 'toSpend:0', sequence: 0, ...(unlock === undefined ? {} : { unlock }) }],
    outputs: [{ to: { raw: '6a' }, value: 0 }],
  }
  const transactions = { toSpend: transactionSchema.parse(toSpend), toSign: transactionSchema.parse(toSign) }
  const forge = createForge(chainFile, 0, { keys: [...keys, STRANGER], transactions, blocks: {} })
  const [{ scriptSig, witness }] = (parseTransaction(forge.transaction('toSign').bytes) as RawTransaction)
    .inputs as [RawTransaction['inputs'][number]]
  const proof = concatBytes(counted(scriptSig), countedList(witness.map(counted)))
  if (solution === 'longer') return concatBytes(proof, Uint8Array.of(0))
  return solution === 'shorter' ? proof.slice(0, -1) : proof
}

/** As many keys that nobody asked for as the challenge needs. */
function strangers(challenge: Lock): string[] {
  const need = typeof challenge === 'object' && 'multisig' in challenge ? challenge.multisig.need : 1
  return Array.from({ length: need }, () => STRANGER)
}
