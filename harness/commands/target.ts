import { createEngine, openStdioEngine } from '../adapters/index.ts'
import type { Engine } from '../ports/engine.ts'
import { UsageError } from './usage-error.ts'

export const TARGET_HELP = 'builtin, spec, or stdio:COMMAND (a program that speaks touchstone-stdio/1)'

/** A node to be judged, open until `close`. */
export interface Target {
  readonly engine: Engine
  /** Whether it still answers. */
  isAlive(): boolean
  close(): void
}

/** Opens what `--node` names. */
export function openTarget(text: string): Target {
  if (text.startsWith('stdio:') && text.length > 6) {
    const engine = openStdioEngine(text.slice(6))
    return { engine, isAlive: engine.isAlive, close: engine.close }
  }
  if (text !== 'builtin' && text !== 'spec') throw new UsageError(`--node ${text}: expected ${TARGET_HELP}`)
  return {
    engine: createEngine(text === 'builtin' ? 'node' : 'spec'),
    isAlive: () => true,
    close: () => {},
  }
}
