import type { HashHex, Tip } from '../../ports/index.ts'
import {
  blockHash,
  displayHash,
  hashBytes,
  headerField,
  parentHash,
  type RawBlock,
  type RawCoin,
  readBlock,
  workOfBits,
} from '../../wire/index.ts'

const OP_RETURN = 0x6a
const SCRIPT_BYTES_MAX = 10_000

interface Known {
  readonly bytes: Uint8Array
  readonly height: number
  readonly chainWork: bigint
}

/**
 * The blocks that a node was given, by hash: what it does not report itself follows from them and from its tip. The coins
 * are those that its active chain makes; a node whose own coins differ shows it by its next verdicts.
 */
export class ChainView {
  readonly #blocks = new Map<HashHex, Known>()
  #coins: { readonly tip: HashHex; readonly list: readonly RawCoin[] } | undefined

  constructor(genesis: Uint8Array) {
    const chainWork = workOfBits(headerField(genesis, 'bits'))
    this.#blocks.set(blockHash(genesis), { bytes: genesis, height: 0, chainWork })
  }

  has(hash: HashHex): boolean {
    return this.#blocks.has(hash)
  }

  /** Its parent is known. */
  add(bytes: Uint8Array): void {
    const { height, chainWork } = this.#blocks.get(parentHash(bytes))!
    const work = workOfBits(headerField(bytes, 'bits'))
    this.#blocks.set(blockHash(bytes), { bytes, height: height + 1, chainWork: chainWork + work })
  }

  tipOf(hash: HashHex): Tip | undefined {
    const known = this.#blocks.get(hash)
    return known && { hash, height: known.height, chainWork: known.chainWork }
  }

  /** Whether a block is the tip or below it. */
  isActive(hash: HashHex, tip: HashHex): boolean {
    const height = this.#blocks.get(hash)?.height
    for (let at: HashHex = tip; ; at = parentHash(this.#blocks.get(at)!.bytes)) {
      if (at === hash) return true
      const known = this.#blocks.get(at)
      if (known === undefined || height === undefined || known.height <= height) return false
    }
  }

  coinsAt(tip: HashHex): readonly RawCoin[] {
    if (this.#coins?.tip !== tip) this.#coins = { tip, list: coinsOf(this.#branchTo(tip)) }
    return this.#coins.list
  }

  /** Above genesis, the lowest first. */
  #branchTo(tip: HashHex): RawBlock[] {
    const branch: RawBlock[] = []
    for (let at = this.#blocks.get(tip)!; at.height > 0; at = this.#blocks.get(parentHash(at.bytes))!)
      branch.push(readBlock(at.bytes)!)
    return branch.reverse()
  }
}

function coinsOf(branch: readonly RawBlock[]): readonly RawCoin[] {
  const coins = new Map<string, RawCoin>()
  for (const [below, { transactions }] of branch.entries())
    for (const [position, { txid, inputs, outputs }] of transactions.entries()) {
      if (position > 0) for (const input of inputs) coins.delete(`${displayHash(input.txid)}:${input.index}`)
      const id = hashBytes(txid)
      for (const [index, { value, script }] of outputs.entries())
        if (script[0] !== OP_RETURN && script.length <= SCRIPT_BYTES_MAX)
          coins.set(`${txid}:${index}`, {
            txid: id,
            index,
            height: below + 1,
            isCoinbase: position === 0,
            value,
            script,
          })
    }
  return [...coins.values()]
}
