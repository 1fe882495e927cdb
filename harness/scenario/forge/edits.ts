import { headerField, hexToBytes } from '../../wire/index.ts'
import { ScenarioError } from '../error.ts'
import type { BlockSpec, Edit } from '../format/index.ts'
import { type BuiltBlock, blockBytes } from './block.ts'
import type { Miner } from './mine.ts'
import { type BuiltTransaction, finish } from './transaction.ts'

const HEADER_FIELDS = {
  version: [0, 4],
  previous: [4, 32],
  merkleRoot: [36, 32],
  time: [68, 4],
  bits: [72, 4],
  nonce: [76, 4],
} as const
const HEADER_BYTES = 80

/** Repeats the tail, swaps witnesses, then writes over the serialized block; the hash follows the header's bytes. */
export function applyEdits(
  block: BuiltBlock,
  spec: BlockSpec,
  mine: Miner,
  path: string,
): { bytes: Uint8Array; block: BuiltBlock } {
  const repeated = spec.repeatLast === undefined ? [] : block.transactions.slice(-spec.repeatLast)
  let transactions = [...block.transactions, ...repeated]
  spec.edits.forEach((edit, index) => {
    if ('witness' in edit) transactions = replaceWitness(transactions, edit, `${path}.edits.${index}`)
  })
  const edited = { header: block.header, transactions }
  const bytes = blockBytes(edited)
  spec.edits.forEach((edit, index) => {
    if (!('witness' in edit)) overwrite(bytes, edit, `${path}.edits.${index}`)
  })
  if (spec.mine === 'after') {
    const header = bytes.slice(0, HEADER_BYTES)
    bytes.set(mine(header, headerField(header, 'bits'), 'meets', `${path}.edits`))
  }
  return { bytes, block: { header: bytes.slice(0, HEADER_BYTES), transactions } }
}

function overwrite(bytes: Uint8Array, edit: Exclude<Edit, { witness: string[] }>, path: string): void {
  const patch = hexToBytes(edit.bytes)
  if ('field' in edit) {
    const [offset, length] = HEADER_FIELDS[edit.field]
    if (patch.length !== length)
      throw new ScenarioError(`${path}.bytes`, `${edit.field} takes ${length} bytes`)
    bytes.set(patch, offset)
    return
  }
  if (edit.offset + patch.length > bytes.length)
    throw new ScenarioError(`${path}.offset`, `the block has ${bytes.length} bytes`)
  bytes.set(patch, edit.offset)
}

function replaceWitness(
  transactions: readonly BuiltTransaction[],
  edit: Extract<Edit, { witness: string[] }>,
  path: string,
): BuiltTransaction[] {
  const raw = transactions[edit.transaction]?.raw
  if (raw?.inputs[edit.input] === undefined)
    throw new ScenarioError(
      path,
      `the block has no transaction ${edit.transaction} with an input ${edit.input}`,
    )
  const witness = edit.witness.map((item) => hexToBytes(item))
  const inputs = raw.inputs.map((input, index) => (index === edit.input ? { ...input, witness } : input))
  return transactions.map((transaction, index) =>
    index === edit.transaction
      ? finish(
          transaction.compiled.name,
          { ...raw, inputs },
          transaction.compiled.outputs,
          transaction.compiled.fee,
        )
      : transaction,
  )
}
