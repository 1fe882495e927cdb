import { importBlocks } from '../chainstate/index.ts'
import type { Log, NodeDriver } from '../daemon/index.ts'
import { openBlockFolder } from './block-folder.ts'

/** Takes in the blocks of files of other nodes, before anybody is let near. [Core -loadblock] */
export function loadBlocks(place: string, driver: NodeDriver, log: Log): void {
  const { chain, crypto } = driver.view
  const files = openBlockFolder(place, chain.chain.magic)
  const isKnown = (hash: Uint8Array) => chain.node(hash) !== undefined
  const blocks = importBlocks({ files, chain: chain.chain, hasher: crypto, isKnown })
  for (let next = blocks.next(); ; next = blocks.next()) {
    if (next.done === true) {
      log.info(`Loaded from ${place}: ${next.value}`)
      return
    }
    driver.submit('submitBlock', next.value)
  }
}
