import { doubleSha256, type RawBlock, readBlock } from '../../../wire/index.ts'

const GENESIS_HASH = '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'
const SCRIPT = Buffer.from('76a914eadbac7f36c37e39361168b7aaee3cb24a25312d88ac', 'hex')
const BLOCK_INTERVAL = 2016

/** Rebuilds the blocks of Core's mainnet_alt.json, which keeps only what cannot be computed. [Core feature mining_mainnet.py] */
export function alternativeMainBlocks(timestamps: readonly number[], nonces: readonly number[]): RawBlock[] {
  if (timestamps.length !== nonces.length)
    throw new Error(
      `timestamps and nonces: expected as many of one as of the other, got ${timestamps.length} and ${nonces.length}`,
    )
  let previous = Buffer.from(GENESIS_HASH, 'hex').reverse()
  return timestamps.map((time, index) => {
    const height = index + 1
    const coinbase = coinbaseBytes(height)
    const header = Buffer.alloc(80)
    header.writeUInt32LE(0x20000000, 0)
    previous.copy(header, 4)
    header.set(doubleSha256(coinbase), 36)
    header.writeUInt32LE(time, 68)
    // The first retarget quarters the target: difficulty 4.
    header.writeUInt32LE(height < BLOCK_INTERVAL ? 0x1d00ffff : 0x1c3fffc0, 72)
    header.writeUInt32LE(nonces[index]!, 76)
    previous = Buffer.from(doubleSha256(header))
    return readBlock(Buffer.concat([header, Buffer.of(1), coinbase]))!
  })
}

function coinbaseBytes(height: number): Buffer {
  const scriptSig = heightScript(height)
  const value = Buffer.alloc(8)
  value.writeBigUInt64LE(5_000_000_000n)
  return Buffer.concat([
    Buffer.from('0200000001', 'hex'),
    Buffer.alloc(32),
    Buffer.from('ffffffff', 'hex'),
    Buffer.of(scriptSig.length),
    scriptSig,
    Buffer.from('ffffffff01', 'hex'),
    value,
    Buffer.of(SCRIPT.length),
    SCRIPT,
    Buffer.alloc(4),
  ])
}

/** Minimal push of the height; up to 16 it is one opcode, and OP_0 fills the script to two bytes. */
function heightScript(height: number): Buffer {
  if (height <= 16) return Buffer.of(0x50 + height, 0)
  if (height < 0x80) return Buffer.of(1, height)
  if (height < 0x8000) return Buffer.of(2, height & 0xff, height >> 8)
  return Buffer.of(3, height & 0xff, (height >> 8) & 0xff, height >> 16)
}
