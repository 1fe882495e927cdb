import { chainLookup } from '../../../adapters/index.ts'
import { expandBits, proofOfWorkOf, type RawBlock } from '../../../wire/index.ts'
import { KNOWN_CHAINS } from './known-chains.ts'

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
  return expandBits(bits) > BigInt(`0x${chainLookup(chain)!.limits.powLimit}`)
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
  const script = block.transactions[0]?.inputs[0]?.scriptSig ?? new Uint8Array()
  if (version < 2 || script.length === 0) return 0
  const push = script[0]!
  if (push >= 0x51 && push <= 0x60) return push - 0x50
  if (push < 1 || push > 4 || script.length <= push) return 0
  return Buffer.from(script).readUIntLE(1, push)
}
