import { TargetError } from './abstention.ts'
import { plainTarget } from './any-node/target.ts'
import { BCOIN } from './bcoin/client.ts'
import { BITCOIND } from './bitcoind/client.ts'
import { BTCD } from './btcd/client.ts'
import { createNodeEngine } from './builtin/engine.ts'
import { coreTarget } from './core-family/target.ts'
import { alwaysAlive, type ForeignEngine } from './foreign-engine.ts'
import { LITECOIND } from './litecoind/client.ts'
import { RUNNING } from './running/engine.ts'
import { createSpecEngine } from './spec/engine.ts'
import { openStdioEngine } from './stdio/engine.ts'
import type { OpenOptions, StoryLimits, TargetKind } from './target-kind.ts'

/** Every kind of target. */
export const TARGET_KINDS: readonly TargetKind[] = [
  { name: 'builtin', open: () => alwaysAlive(createNodeEngine()) },
  { name: 'spec', open: () => alwaysAlive(createSpecEngine()) },
  {
    name: 'stdio',
    argument: 'COMMAND',
    open: (command, { timeoutMs }) => openStdioEngine(command, timeoutMs),
  },
  coreTarget(BITCOIND),
  coreTarget(LITECOIND),
  plainTarget(BTCD),
  plainTarget(BCOIN),
  RUNNING,
]

/** What an option such as `--node` says, taken apart. */
export interface Target {
  /** As it was said. */
  readonly text: string
  readonly name: string
  /** What stands behind the colon; empty where nothing does. */
  readonly argument: string
  /** The limits of its stories, where it has any. */
  readonly stories?: StoryLimits
  /** @throws TargetError when it cannot be opened */
  open(options?: OpenOptions): ForeignEngine
}

export const TARGET_HELP = TARGET_KINDS.map(({ name, argument }) =>
  argument === undefined ? name : `${name}:${argument}`,
).join(', ')

/** @throws TargetError when the text names no kind of target */
export function parseTarget(option: string, text: string): Target {
  const colon = text.indexOf(':')
  const [name, argument] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  const kind = TARGET_KINDS.find((entry) => entry.name === name)
  if (kind === undefined || (kind.argument !== undefined) !== (argument !== ''))
    throw new TargetError(`${option} ${text}: expected ${TARGET_HELP}`)
  return {
    text,
    name,
    argument,
    ...(kind.stories && { stories: kind.stories }),
    open: (options = {}) => kind.open(argument, options),
  }
}
