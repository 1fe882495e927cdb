import { chainLookup } from '../../../adapters/index.ts'
import { KNOWN_CHAINS } from './known-chains.ts'
import { proofOfWorkOf, type RawBlock, targetOfBits } from './raw-block.ts'

const GENESIS_TIME = 1_231_006_505
const COMMITMENT = Buffer.from('6a24aa21a9ed', 'hex')
const SIGNET_HEADER = Buffer.from('ecc7daa2', 'hex')

/**
 * The built-in chain that a block by itself is surely or most likely of: by the magic before it, else by its proof of
 * work, a signet's solution, a target that is too easy for others. Test chains run far ahead of ten minutes a block.
 * Undefined when its proof of work is none.
 */
export function chainOfBlock(block: RawBlock, magic?: string): string | undefined {
  const named = KNOWN_CHAINS.find((name) => chainLookup(name)?.magic === magic)
  if (named !== undefined) return named
  const proofOfWork = proofOfWorkOf(block)
  if (proofOfWork === undefined) return undefined
  if (proofOfWork === 'scrypt') return isEasierThan('litecoin', block) ? 'litecoin-regtest' : 'litecoin'
  if (hasSignetSolution(block)) return 'signet'
  if (isEasierThan('bitcoin', block)) return 'regtest'
  const mostBlocks = ((block.time - GENESIS_TIME) / 600) * 1.15 + 5_000
  return heightInCoinbase(block) > mostBlocks ? 'testnet3' : 'bitcoin'
}

function isEasierThan(chain: string, { bits }: RawBlock): boolean {
  return targetOfBits(bits) > BigInt(`0x${chainLookup(chain)!.limits.powLimit}`)
}

/** A push that begins with the signet's header, behind the witness commitment. [BIP325] */
function hasSignetSolution({ transactions }: RawBlock): boolean {
  const commitment = transactions[0]!.outputs.findLast(({ script }) =>
    COMMITMENT.equals(script.subarray(0, 6)),
  )
  return commitment !== undefined && Buffer.from(commitment.script).includes(SIGNET_HEADER, 38)
}

/** The height that a block of version 2 or more writes into its coinbase; 0 when it writes none. [BIP34] */
export function heightInCoinbase(block: RawBlock): number {
  const version = new DataView(block.header.buffer, block.header.byteOffset).getInt32(0, true)
  // After 80 bytes of header: the count's one byte or more, version, input count, outpoint, script length.
  const countLength = [253, 254, 255].includes(block.bytes[80]!) ? 2 ** (block.bytes[80]! - 252) + 1 : 1
  const versionEnd = 80 + countLength + 4
  const isMarked = block.bytes[versionEnd] === 0
  const script = versionEnd + (isMarked ? 2 : 0) + 1 + 36 + 1
  if (version < 2) return 0
  const push = block.bytes[script]!
  if (push >= 0x51 && push <= 0x60) return push - 0x50
  if (push < 1 || push > 4) return 0
  return Buffer.from(block.bytes).readUIntLE(script + 1, push)
}
