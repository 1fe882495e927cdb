import type { ChainFile } from '../../ports/index.ts'
import { chainLookup } from '../chains.ts'
import type { TargetKind } from '../target-kind.ts'
import type { DaemonClient } from './client.ts'
import { openDaemonEngine } from './engine.ts'

/** A descendant of Core as a target: `NAME:PATH`, the path of its executable. */
export function coreTarget(client: DaemonClient): TargetKind {
  const refusalOf = (chain: ChainFile) => {
    const options = client.optionsFor(chain, chainLookup(client.chain)!)
    return options.can ? undefined : options.why
  }
  return {
    name: client.name,
    argument: 'PATH',
    stories: { ...client, refusalOf },
    open: (path) => openDaemonEngine(client, path),
  }
}
