import { createEngine, parseTarget } from '../adapters/index.ts'
import { judgeScenario, playOnEngine } from '../conformance/index.ts'
import { enginePlayer, type Player, simulatorPlayer } from '../simulation/index.ts'

/** Who plays scenarios for `--node`: the built-in node on the simulated network, any other target as an engine. */
export function openPlayer(text: string): { play: Player; close(): void } {
  const target = parseTarget('--node', text)
  if (target.name === 'builtin') return { play: simulatorPlayer(), close: () => {} }
  const engine = target.open()
  const reference = createEngine('spec')
  const judgement = { strictness: 'exact', reference } as const
  const play = enginePlayer(
    (entry, record) =>
      target.name === 'spec'
        ? playOnEngine(entry, engine, 'exact', record)
        : judgeScenario(entry, engine, judgement, record),
    text,
  )
  return { play, close: engine.close }
}
