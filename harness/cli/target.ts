import {
  createEngine,
  DAEMONS,
  type DaemonClient,
  openDaemonEngine,
  openStdioEngine,
  TargetError,
} from '../adapters/index.ts'
import { judgeScenario, playOnEngine } from '../conformance/index.ts'
import type { Engine } from '../ports/index.ts'
import { enginePlayer, type Player, simulatorPlayer } from '../simulation/index.ts'
import { UsageError } from './usage-error.ts'

export const TARGET_HELP = `builtin, spec, or stdio:COMMAND (a program that speaks touchstone-stdio/1); or a daemon, ${DAEMONS.map(({ name }) => `${name}:PATH`).join(' or ')}`

/** A node to be judged, open until `close`. */
export interface Target {
  readonly engine: Engine
  /** Whether it still answers. */
  isAlive(): boolean
  close(): void
}

/** Opens what `--node` names. */
export function openTarget(text: string, { timeoutMs }: { readonly timeoutMs?: number } = {}): Target {
  if (text.startsWith('stdio:') && text.length > 6) {
    const engine = openStdioEngine(text.slice(6), timeoutMs)
    return { engine, isAlive: engine.isAlive, close: engine.close }
  }
  const daemon = daemonOf(text)
  if (daemon !== undefined) {
    const engine = startable(() => openDaemonEngine(daemon, text.slice(daemon.name.length + 1)))
    return { engine, isAlive: engine.isAlive, close: engine.close }
  }
  if (text !== 'builtin' && text !== 'spec') throw new UsageError(`--node ${text}: expected ${TARGET_HELP}`)
  return {
    engine: createEngine(text === 'builtin' ? 'node' : 'spec'),
    isAlive: () => true,
    close: () => {},
  }
}

/** Who plays scenarios for `--node`: the built-in node on the simulated network, any other target as an engine. */
export function openPlayer(text: string): { play: Player; close(): void } {
  if (text === 'builtin') return { play: simulatorPlayer(), close: () => {} }
  const { engine, close } = openTarget(text)
  const reference = createEngine('spec')
  const judgement = { strictness: 'exact', reference } as const
  const play = enginePlayer(
    (entry, record) =>
      text === 'spec'
        ? playOnEngine(entry, engine, 'exact', record)
        : judgeScenario(entry, engine, judgement, record),
    text,
  )
  return { play, close }
}

/** The one chain that a target knows, when it can be started on no other. */
export function chainOfTarget(text: string): string | undefined {
  return daemonOf(text)?.chain
}

/** The daemon that `NAME:PATH` speaks of. */
export function daemonOf(text: string): DaemonClient | undefined {
  return DAEMONS.find(({ name }) => text.startsWith(`${name}:`) && text.length > name.length + 1)
}

/** A daemon that does not even start says nothing about its rules. */
function startable<Started>(start: () => Started): Started {
  try {
    return start()
  } catch (error) {
    if (error instanceof TargetError) throw new UsageError(`--node: ${error.message}`)
    throw error
  }
}
