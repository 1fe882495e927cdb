import type { CompiledBlock } from '../../scenario/index.ts'
import type { Host, Way } from '../simulator/host.ts'
import type { Network } from '../simulator/network.ts'
import type { WatchedRun, Watcher } from '../simulator/watcher.ts'
import { blockWithHash } from './history.ts'
import { createLog, type LogEvent } from './run-log.ts'

/** Blocks, and who sent them. */
type Group = readonly [from: string, blocks: ReadonlySet<number>]

/** What a node has learned since it was last at rest, by who sent it. */
interface Unsettled {
  readonly learned: Map<string, Set<number>>
  tip: boolean
}

const NOBODY = 'nobody'

/**
 * Trace validation: what each node does, as seen from outside whenever it is at rest, must be a behaviour of the model
 * `run`. A node whose operator overrides blocks, or whose disk is damaged, is followed no further.
 */
export function watchRunModel(
  world: WatchedRun & { readonly network: Pick<Network, 'hostBehind'> },
): Watcher {
  const names = world.hosts.map(({ name }) => name)
  const log = createLog(names)
  const numbers = new Map<CompiledBlock, number>()
  const unsettled = new Map<Host, Unsettled>(
    world.hosts.map((host) => [host, { learned: new Map(), tip: false }]),
  )
  /** Nodes that have been started and not yet come to rest; nodes that are followed no further. */
  const starting = new Set<Host>(world.hosts)
  const left = new Set<Host>()

  return {
    judged(host, { subject, verdict, peer }, item) {
      if (left.has(host) || subject !== 'block' || item?.kind !== 'block') return
      if (verdict.outcome === 'rejected' && verdict.class === 'invalid') refuse(host, numberOf(item))
      if (verdict.outcome !== 'connected' && verdict.outcome !== 'stored') return
      const sender = peer === undefined ? undefined : world.network.hostBehind(peer)
      const block = numberOf(item)
      const from = sender === undefined || isUnclear(sender, block) ? NOBODY : sender.name
      if (from !== NOBODY) for (const group of takeLearned(sender!)) learnInPassing(sender!, group)
      const { learned } = unsettled.get(host)!
      learned.set(from, (learned.get(from) ?? new Set()).add(block))
    },
    tip(host) {
      unsettled.get(host)!.tip = true
    },
    settled(host) {
      if (left.has(host) || host.node === undefined) return
      if (host.disk.damaged) return leave(host)
      if (starting.delete(host) && host.boot > 1) restart(host)
      else learn(host)
    },
    crashed(host, way) {
      if (!left.has(host)) goDown(host, way)
    },
    restarted(host) {
      starting.add(host)
    },
    intervened(host) {
      leave(host)
    },
  }

  /** Whether it may have had a block without saying so: it has just started, or passes one on before it judges it. [BIP152] */
  function isUnclear(sender: Host, block: number): boolean {
    if (left.has(sender) || starting.has(sender) || sender.continuing) return true
    return log.refuses(sender.name, block)
  }

  function learn(host: Host): void {
    const { learned, tip: moved } = take(host)
    const tip = tipOf(host)
    if (tip === undefined || (learned.size === 0 && !moved)) return
    const [last = [NOBODY, new Set<number>()], ...others] = [...learned].reverse()
    for (const group of others) learnInPassing(host, group)
    happen(host, { action: 'Learn', choice: { ...choiceOf(host, last), tip } })
  }

  /** A node that is not at rest yet has these blocks already, and may have passed them on. */
  function learnInPassing(host: Host, group: Group): void {
    const choice = { ...choiceOf(host, group), tip: log.tip(host.name) }
    happen(host, { action: 'Learn', choice, lenient: ['tipHasMostWork'] })
  }

  function choiceOf({ name }: Host, [from, blocks]: Group): LogEvent['choice'] {
    return { node: name, from, blocks: [...blocks] }
  }

  function restart(host: Host): void {
    take(host)
    const tip = tipOf(host)
    if (tip === undefined) return
    const { view } = host.node!
    const kept: number[] = []
    for (const item of world.items) {
      if (item.kind !== 'block' || item.parent === undefined) continue
      const status = view.status(item.hash)
      const block = numberOf(item)
      // A block that it had is not forgotten where it remembers that it is invalid, which it need not have said before.
      const isRefused = status === 'invalid' && log.known(host.name).includes(block)
      if (isRefused) refuse(host, block)
      if (isRefused || status === 'stored' || status === 'valid') kept.push(block)
    }
    happen(host, { action: 'Restart', choice: { node: host.name, kept, tip } })
  }

  function goDown(host: Host, way: Way): void {
    for (const group of take(host).learned) if (!starting.has(host)) learnInPassing(host, group)
    // Its start has failed, or its disk is lost while it is down: it stays down, and is as lost as before.
    if (log.isDown(host.name) && (way === 'stop' || log.isLost(host.name))) return
    happen(host, { action: way === 'stop' ? 'Stop' : 'Crash', choice: { node: host.name } })
  }

  function refuse(host: Host, block: number): void {
    if (!log.refuses(host.name, block)) happen(host, { action: 'Refuse', choice: { node: host.name, block } })
  }

  function leave(host: Host): void {
    if (left.has(host)) return
    left.add(host)
    if (host.running) log.happen({ action: 'Crash', choice: { node: host.name } })
  }

  function happen(host: Host, event: LogEvent): void {
    let conjunct = log.happen(event)
    // A branch of more work may have been tried and found invalid, of which a node says nothing.
    if (conjunct === 'tipHasMostWork' && learnRefusals(host, event)) conjunct = log.happen(event)
    if (conjunct === undefined) return
    const { action, choice } = event
    world.report({
      oracle: 'run-model',
      node: host.name,
      expected: conjunct,
      actual: `${action} ${textOf(choice)}`,
      text: `${host.name}: ${action}: ${conjunct} is false after ${log.explained} steps that the model explains`,
    })
  }

  /** Returns whether the node turns out to refuse a block of which nobody had heard. */
  function learnRefusals(host: Host, { choice }: LogEvent): boolean {
    const { view } = host.node!
    const before = log.explained
    const blocks = new Set([...log.known(host.name), ...((choice.blocks ?? choice.kept ?? []) as number[])])
    for (const [item, block] of numbers)
      if (blocks.has(block) && view.status(item.hash) === 'invalid') refuse(host, block)
    return log.explained > before
  }

  function takeLearned(host: Host): readonly Group[] {
    const { learned } = unsettled.get(host)!
    const groups = [...learned]
    if (groups.length > 0) unsettled.set(host, { learned: new Map(), tip: true })
    return groups
  }

  function take(host: Host): Unsettled {
    const taken = unsettled.get(host)!
    unsettled.set(host, { learned: new Map(), tip: false })
    return taken
  }

  function tipOf(host: Host): number | undefined {
    const block = blockWithHash(world.items, host.node!.view.tip().hash)
    return block && numberOf(block)
  }

  /** The number of a block in the model; it and all below it are made when they are first seen. */
  function numberOf(item: CompiledBlock): number {
    if (item.parent === undefined) return 0
    const block = blockWithHash(world.items, item.hash) ?? item
    const known = numbers.get(block)
    if (known !== undefined) return known
    const below = world.items.block(block.parent!)
    const parent = numberOf(below)
    const work = Number(block.chainWork - below.chainWork)
    log.happen({ action: 'Make', choice: { parent, work } })
    numbers.set(block, numbers.size + 1)
    return numbers.size
  }

  function textOf(choice: LogEvent['choice']): string {
    return Object.entries(choice)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      .join(', ')
  }
}
