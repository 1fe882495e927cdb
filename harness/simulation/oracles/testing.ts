import { chainLookup } from '../../adapters/index.ts'
import type { ChainFile, HashHex } from '../../ports/index.ts'
import { compileScenario, ItemTable, parseScenario, type ScenarioSource } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Finding, WatchedRun } from '../simulator/watcher.ts'

/** What a node of a watched run says of itself. */
export interface Said {
  tip: string
  mempool?: readonly string[]
}

/** A run that stands still: its items, its nodes, each of which says what the test lets it say, and what is reported. */
export interface StillRun extends WatchedRun {
  readonly chain: ChainFile
  readonly network: { readonly soundSince: number; reachable(): Set<Host> }
  readonly findings: Finding[]
  readonly marks: string[]
  now: number
  host(name: string): Host
  hash(name: string): HashHex
}

/** The keys `alice` and `bob` are there. */
export type Story = Pick<ScenarioSource, 'blocks' | 'transactions'>

/** `said`: by node, names of items. */
export function stillRun(source: Story, said: Readonly<Record<string, Said>>): StillRun {
  const compiled = compileScenario(
    parseScenario({
      format: 'touchstone-scenario/1',
      title: 'what an oracle sees',
      story: 'Nothing happens by itself.',
      sources: ['a test of the oracles'],
      steps: [{ do: 'expect', agree: true }],
      keys: ['alice', 'bob'],
      ...source,
    }),
    chainLookup,
  )
  const items = new ItemTable(compiled.items.values())
  const hash = (name: string) => items.named(name).hash
  const hosts = Object.keys(said).map(
    (name) =>
      ({
        name,
        boot: 1,
        running: true,
        paused: false,
        disk: { damaged: false },
        node: {
          view: {
            tip: () => ({ ...items.block(said[name]!.tip), name: undefined }),
            mempool: () => (said[name]!.mempool ?? []).map(hash),
            status: () => 'valid',
          },
        },
      }) as unknown as Host,
  )
  const findings: Finding[] = []
  const marks: string[] = []
  return {
    chain: compiled.chainFile,
    items,
    hosts,
    now: 0,
    network: { soundSince: 0, reachable: () => new Set(hosts) },
    findings,
    marks,
    clockOf: () => compiled.startTimeMs / 1000,
    report: (finding) => void findings.push(finding),
    mark: (name) => void marks.push(name),
    host: (name) => hosts.find((host) => host.name === name)!,
    hash,
  }
}
