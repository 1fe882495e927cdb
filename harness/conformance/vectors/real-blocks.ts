import { filesBelow, inFile } from '../../files/index.ts'
import { companionOf, type LoadedBlocks, type LoadedFile } from './block-sets.ts'
import { readBlockFile } from './chain/block-files.ts'
import { loadContent } from './content.ts'
import type { SpentCoin } from './context-free/spent-coins.ts'

/** A real block; the coins it spends, in input order, where a file beside it has them. */
export interface RealBlock {
  readonly path: string
  readonly hash: string
  readonly bytes: Uint8Array
  readonly coins: readonly SpentCoin[] | undefined
}

/** The blocks in files of one block each, below these places. @throws FileError */
export function readRealBlocks(places: readonly string[]): readonly RealBlock[] {
  const blocks: LoadedBlocks[] = []
  const others: LoadedFile[] = []
  for (const path of places.flatMap((place) => filesBelow(place, () => true))) {
    const content = loadContent(path)
    const file = inFile(path, () => readBlockFile(content))
    if (file?.blocks.length === 1) blocks.push({ path, files: [path], ...file })
    else others.push({ path, content })
  }
  return blocks.map((file) => {
    const [block] = file.blocks
    return {
      path: file.path,
      hash: block!.hash,
      bytes: block!.bytes,
      coins: companionOf(file, others)?.coins,
    }
  })
}
