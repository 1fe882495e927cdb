import type { NodeEvent } from '../../ports/index.ts'
import type { CompiledItem, ItemTable, StepWorld } from '../../scenario/index.ts'
import type { Host } from './host.ts'
import type { Machines } from './machines.ts'
import type { Network } from './network.ts'
import type { Recorder } from './recorder.ts'
import type { Manner, ScriptedPeers } from './scripted-peer.ts'

/** The parts of a simulation that steps act upon. */
interface SteppedParts {
  readonly items: ItemTable
  readonly hosts: readonly Host[]
  readonly network: Network
  readonly recorder: Recorder
  readonly machines: Machines
  host(name: string): Host
  mark(name: string): void
}

/** A simulation, as the steps of a scenario act upon it. */
export function createStepWorld(parts: SteppedParts, scripted: ScriptedPeers): StepWorld {
  const { items, network, recorder, machines } = parts
  const host = (name: string | undefined) => (name === undefined ? parts.hosts[0]! : parts.host(name))
  return {
    send(names, to, as, via) {
      const receivers = to?.map(host) ?? [host(undefined)]
      for (const name of names) {
        const item = items.named(name)
        recorder.item(item)
        for (const receiver of receivers) {
          if (!receiver.running) continue
          if (via === 'peer' || as === 'announce') scripted.of(receiver).hand(item, as)
          else machines.deliver(receiver, submission(item, as))
        }
      }
    },
    say: (node, bytes) => scripted.of(host(node)).say(bytes),
    setLink: (first, second, state, oneWay) => network.setLink(host(first), host(second), state, oneWay),
    partition(groups) {
      network.partition(groups.map((group) => group.map(host)))
      recorder.partition(groups)
    },
    heal() {
      network.heal()
      scripted.dismiss()
      recorder.endPartition()
    },
    setClock: (node, offsetSeconds, driftPpm) =>
      machines.setClock(host(node), offsetSeconds * 1000, driftPpm),
    crash(node, survives, atWrite) {
      const machine = host(node)
      machine.survives = survives
      if (atWrite === undefined) machines.crash(machine)
      else machine.disk.stopAtWrite(atWrite)
    },
    stop(node) {
      if (host(node).running) machines.deliver(host(node), { kind: 'stop' })
    },
    wipe: (node) => machines.wipe(host(node)),
    restart: (node) => machines.restart(host(node)),
    pause: (node) => machines.pause(host(node)),
    resume: (node) => machines.resume(host(node)),
    disk: (node) => host(node).disk,
    override: (kind, block, node) => machines.deliver(host(node), { kind, hash: items.block(block).hash }),
    changed: (node, change, detail) => recorder.change(host(node), change, detail),
    mark: (name) => parts.mark(name),
  }
}

function submission(item: CompiledItem, manner: Manner): NodeEvent {
  if (item.kind === 'transaction') return { kind: 'submitTransaction', bytes: item.bytes, tag: item.name }
  return manner === 'header'
    ? { kind: 'submitHeader', bytes: item.header, tag: item.name }
    : { kind: 'submitBlock', bytes: item.bytes, tag: item.name }
}
