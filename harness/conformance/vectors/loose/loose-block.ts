import type { SpentOutput } from '../../../ports/index.ts'
import { proofOfWorkOf, type RawBlock } from '../chain/raw-block.ts'
import { compare, type VectorCase } from '../format.ts'

/** BIP16 by the time it was switched on; the later forks by main's heights. [Core kernel/chainparams.cpp] */
const BIP16_TIME = 1_333_238_400
const HEIGHT_FLAGS: readonly (readonly [height: number, flags: readonly string[]])[] = [
  [363_725, ['DERSIG']],
  [388_381, ['CHECKLOCKTIMEVERIFY']],
  [419_328, ['CHECKSEQUENCEVERIFY']],
]
const SEGWIT_FLAGS = ['DERSIG', 'CHECKLOCKTIMEVERIFY', 'CHECKSEQUENCEVERIFY', 'WITNESS', 'NULLDUMMY']
const TAPROOT_TIME = 1_636_837_200
const COMMITMENT = Buffer.from('6a24aa21a9ed', 'hex')

/** A real block without its ancestors: it is in a chain, so every check that is possible must pass. */
export function looseBlockCase(
  block: RawBlock,
  spentOutputs: readonly SpentOutput[] | undefined,
): VectorCase {
  const judged = spentOutputs === undefined ? 'structure' : 'structure and scripts'
  return {
    id: `${judged} of ${block.hash}`,
    run: (engine) => {
      const proofOfWork = proofOfWorkOf(block)
      if (proofOfWork === undefined) return { fail: 'expected proof of work by sha256d or scrypt' }
      const chain = proofOfWork === 'scrypt' ? 'litecoin' : 'bitcoin'
      const request = { chain, block: block.bytes, flags: flagsOf(block) }
      return compare(
        engine.checkLooseBlock(spentOutputs === undefined ? request : { ...request, spentOutputs }),
        'ok',
      )
    },
  }
}

/** Coins spent by the block, the coinbase left out. */
export function spendCount(block: RawBlock): number {
  return block.transactions.slice(1).reduce((sum, transaction) => sum + transaction.inputs.length, 0)
}

/** What was surely in force when the block was made; a block that commits to witnesses was made after segwit. */
function flagsOf(block: RawBlock): string[] {
  const flags = block.time >= BIP16_TIME ? ['P2SH'] : []
  if (commitsToWitnesses(block))
    return [...flags, ...SEGWIT_FLAGS, ...(block.time >= TAPROOT_TIME ? ['TAPROOT'] : [])]
  const height = heightOf(block)
  return [...flags, ...HEIGHT_FLAGS.flatMap(([since, names]) => (height >= since ? names : []))]
}

function commitsToWitnesses(block: RawBlock): boolean {
  return block.transactions[0]!.outputs.some(({ script }) => COMMITMENT.equals(script.subarray(0, 6)))
}

/** The height that a block of version 2 or more writes into its coinbase; 0 when it writes none. [BIP34] */
function heightOf(block: RawBlock): number {
  const version = new DataView(block.header.buffer, block.header.byteOffset).getUint32(0, true)
  // After 80 bytes of header: the count's one byte or more, version, input count, outpoint, script length.
  const countLength = [253, 254, 255].includes(block.bytes[80]!) ? 2 ** (block.bytes[80]! - 252) + 1 : 1
  const versionEnd = 80 + countLength + 4
  const isMarked = block.bytes[versionEnd] === 0
  const script = versionEnd + (isMarked ? 2 : 0) + 1 + 36 + 1
  return version >= 2 && block.bytes[script] === 3
    ? block.bytes[script + 1]! + 256 * block.bytes[script + 2]! + 65_536 * block.bytes[script + 3]!
    : 0
}
