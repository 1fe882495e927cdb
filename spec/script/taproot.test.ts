import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../encoding/index.ts'
import { isCommittedLeaf, parseControlBlock, tapLeafHash, taprootOutputKey } from './taproot.ts'

interface PublishedOutput {
  readonly given: { readonly internalPubkey: string; readonly scriptTree: Tree | null }
  readonly intermediary: {
    readonly leafHashes?: readonly string[]
    readonly merkleRoot: string | null
    readonly tweakedPubkey: string
  }
  readonly expected: { readonly scriptPathControlBlocks?: readonly string[] }
}

type Leaf = { readonly id: number; readonly script: string; readonly leafVersion: number }
type Tree = Leaf | readonly Tree[]

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('bitcore-lib/package.json'))
const file = join(folder, 'test/data/bitcoind/wallet_test_vectors.json')
const outputs: PublishedOutput[] = JSON.parse(readFileSync(file, 'utf8')).scriptPubKey

/** BIP341's own outputs: trees of no leaf up to three. [BIP341 wallet-test-vectors.json] */
describe.each(outputs)('published output %#', ({ given, intermediary, expected }) => {
  const internalKey = fromHex(given.internalPubkey)
  const root = intermediary.merkleRoot
  const leaves = given.scriptTree === null ? [] : leavesOf(given.scriptTree)

  it('the key is tweaked by the root', () => {
    const output = taprootOutputKey(internalKey, root === null ? undefined : fromHex(root))!
    expect(toHex(output.key)).toBe(intermediary.tweakedPubkey)
    expect(taprootOutputKey(internalKey, new Uint8Array(32))!.key).not.toEqual(output.key)
  })

  it('each leaf is proved by its own control block alone', () => {
    for (const leaf of leaves) {
      const hash = tapLeafHash(leaf.leafVersion, fromHex(leaf.script))
      expect(toHex(hash)).toBe(intermediary.leafHashes![leaf.id])
      const proving = leaves.filter(({ id }) => {
        const control = parseControlBlock(fromHex(expected.scriptPathControlBlocks![id]!))!
        expect(control.leafVersion).toBe(leaves.find((other) => other.id === id)!.leafVersion)
        return isCommittedLeaf(fromHex(intermediary.tweakedPubkey), hash, control)
      })
      expect(proving.map(({ id }) => id)).toEqual([leaf.id])
    }
  })
})

function leavesOf(tree: Tree): Leaf[] {
  return 'script' in tree ? [tree] : tree.flatMap(leavesOf)
}
