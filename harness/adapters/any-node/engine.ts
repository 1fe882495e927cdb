import { type ChainFile, type ChainReference, chainRules } from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'
import { chainLookup } from '../chains.ts'
import type { ForeignEngine } from '../foreign-engine.ts'
import { type DaemonChannel, openDaemonChannel } from '../process/channel.ts'
import type { OpenOptions } from '../target-kind.ts'
import type { PlainNode } from './node.ts'
import { createPlainSession } from './session.ts'

/** So many processes at once: the nodes of a story, and their twins. */
const PROCESSES_MAX = 12

/** A node that others wrote, as an engine: every chain is opened in a process of its own, or in two. */
export function openPlainEngine(
  node: PlainNode,
  path: string,
  { doors = 'both' }: OpenOptions,
): ForeignEngine {
  const channels: DaemonChannel[] = []
  let opened = 0
  const { command, credentials } = node.command(path)
  const start = () => {
    const slot = opened++ % PROCESSES_MAX
    channels[slot] ??= openDaemonChannel({ text: credentials })
    channels[slot].start(command)
    return channels[slot]
  }
  return {
    name: `${node.name} ${versionOf(start())}`,
    capabilities: node.capabilities,
    openChain(reference) {
      const why = refusalOf(node, chainOf(reference))
      if (why !== undefined) throw new Abstention(why)
      const twin = doors === 'both' && node.takesUnasked ? { twin: start() } : {}
      return createPlainSession({ channel: start(), chain: node.chain, words: node.words, ...twin })
    },
    isAlive: () => channels.every((channel) => channel.isAlive()),
    close() {
      for (const channel of channels) channel.close()
    },
  }
}

/** Why it cannot be a node of this chain; its own can be moved in nothing. */
export function refusalOf({ chain: own }: Pick<PlainNode, 'chain'>, chain: ChainFile): string | undefined {
  const parts = (file: ChainFile) => ({
    genesisBlock: file.genesisBlock,
    signetChallenge: file.signetChallenge,
    bip30Exceptions: file.bip30Exceptions,
    limits: file.limits,
    deployments: file.deployments,
    rules: chainRules(file),
  })
  const [asked, theirs] = [parts(chain), parts(own)]
  const different = Object.keys(asked).find((key) => {
    const part = key as keyof typeof asked
    return JSON.stringify(asked[part]) !== JSON.stringify(theirs[part])
  })
  return different && `its ${different} cannot be changed`
}

function chainOf(reference: ChainReference): ChainFile {
  const chain = typeof reference === 'string' ? chainLookup(reference) : reference
  if (chain === undefined) throw new Abstention(`there is no chain named ${reference}`)
  return chain
}

/** As it says itself. */
export function versionOf(channel: DaemonChannel): string {
  for (const method of ['getnetworkinfo', 'getinfo']) {
    const answer = channel.call(method)
    if ('error' in answer) continue
    const { subversion, version } = answer.result as { subversion?: string; version?: unknown }
    return /:([^/(]+)/.exec(subversion ?? '')?.[1] ?? String(version)
  }
  return 'of unknown version'
}
