import type { NodeEvent } from '../../ports/index.ts'
import type { CompiledItem, CompiledStep, ItemTable } from '../../scenario/index.ts'
import { DISK_DISTURBANCES } from '../disturbances/index.ts'
import type { Host } from './host.ts'
import type { Machines } from './machines.ts'
import type { Network } from './network.ts'
import type { Recorder } from './recorder.ts'
import type { Manner } from './scripted-peer.ts'

/** What the steps of a scenario act upon. */
export interface StepWorld {
  readonly items: ItemTable
  readonly hosts: readonly Host[]
  readonly network: Network
  readonly recorder: Recorder
  host(name: string): Host
  readonly machines: Machines
  hand(host: Host, item: CompiledItem, manner: Manner): void
  say(host: Host, bytes: Uint8Array): void
  dismissScriptedPeers(): void
  intervene(host: Host, kind: 'invalidate' | 'reconsider', hash: string): void
  mark(name: string): void
}

type StepOf<Do extends CompiledStep['do']> = Extract<CompiledStep, { do: Do }>

/** Does to the world what one step says. Expectations are somebody else's business. */
export function performStep(world: StepWorld, step: CompiledStep): void {
  switch (step.do) {
    case 'send':
      send(world, step)
      return
    case 'message':
      for (const name of step.to) world.say(world.host(name), Buffer.from(step.bytes, 'hex'))
      return
    case 'link': {
      const [first, second] = step.between
      world.network.setLink(world.host(first), world.host(second), step.state, step.oneWay)
      if (step.state !== 'up') world.mark('link-down')
      return
    }
    case 'partition':
      world.network.partition(step.groups.map((group) => group.map((name) => world.host(name))))
      world.recorder.partition(step.groups)
      world.mark('partition')
      return
    case 'heal':
      world.network.heal()
      world.dismissScriptedPeers()
      world.recorder.endPartition()
      world.mark('heal')
      return
    case 'crash':
      crash(world, step)
      return
    case 'expect':
      return
    default:
      change(world, step)
  }
}

function send(world: StepWorld, step: StepOf<'send'>): void {
  const hosts = step.to?.map((name) => world.host(name)) ?? [world.hosts[0]!]
  for (const name of step.items) {
    const item = world.items.named(name)
    world.recorder.item(item)
    for (const host of hosts) {
      if (!host.running) continue
      if (step.via === 'peer' || step.as === 'announce') world.hand(host, item, step.as)
      else world.machines.deliver(host, submission(item, step.as))
    }
  }
}

function submission(item: CompiledItem, manner: Manner): NodeEvent {
  if (item.kind === 'transaction') return { kind: 'submitTransaction', bytes: item.bytes, tag: item.name }
  return manner === 'header'
    ? { kind: 'submitHeader', bytes: item.header, tag: item.name }
    : { kind: 'submitBlock', bytes: item.bytes, tag: item.name }
}

function crash(world: StepWorld, step: StepOf<'crash'>): void {
  const host = world.host(step.node)
  host.survives = step.survives
  if (step.atWrite === undefined) world.machines.crash(host)
  else host.disk.stopAtWrite(step.atWrite)
}

function change(
  world: StepWorld,
  step: StepOf<
    'clock' | 'stop' | 'wipe' | 'restart' | 'disk' | 'pause' | 'resume' | 'invalidate' | 'reconsider'
  >,
): void {
  const host = step.node === undefined ? world.hosts[0]! : world.host(step.node)
  switch (step.do) {
    case 'clock':
      world.machines.setClock(host, step.offsetSeconds * 1000, step.driftPpm)
      world.recorder.change(host, 'clock', clockText(step))
      world.mark(step.driftPpm === 0 ? 'clock-step' : 'clock-drift')
      break
    case 'stop':
      if (host.running) world.machines.deliver(host, { kind: 'stop' })
      break
    case 'wipe':
      world.machines.wipe(host)
      break
    case 'restart':
      world.machines.restart(host)
      world.recorder.change(host, 'restart', '')
      break
    case 'disk':
      disturbDisk(host, step)
      world.recorder.change(host, 'disk', step.fault)
      world.mark(`disk-${step.fault}`)
      break
    case 'pause':
      world.machines.pause(host)
      world.recorder.change(host, 'pause', '')
      break
    case 'resume':
      world.machines.resume(host)
      world.recorder.change(host, 'resume', '')
      break
    case 'invalidate':
    case 'reconsider':
      world.intervene(host, step.do, world.items.block(step.block).hash)
  }
}

function disturbDisk({ disk }: Host, { fault, argument }: StepOf<'disk'>): void {
  if (fault === 'ok') disk.mend()
  else DISK_DISTURBANCES.get(fault)!.apply(disk, argument)
}

const clockText = ({ offsetSeconds, driftPpm }: StepOf<'clock'>) =>
  driftPpm === 0 ? `${offsetSeconds} s` : `${offsetSeconds} s, ${driftPpm} ppm`
