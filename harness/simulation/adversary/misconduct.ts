import { encodeMessage } from '../../wire/index.ts'
import { createStream } from '../simulator/random.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'

/** Shows a node that there are blocks, by their headers or their names only, and hands them over later, or never. */
export function withhold(director: Director, { node, length, manner, waitMs }: ActOf<'withhold'>): void {
  const host = director.host(node)
  if (!host.running) return
  const names = director.grow(director.tipOf(host), length).map((block) => block.name)
  const via = manner % 2 === 0 ? 'submit' : 'peer'
  director.send(names, [host], manner % 3 === 0 ? { as: 'announce', via: 'peer' } : { as: 'header', via })
  if (manner % 5 !== 0) director.later(waitMs, () => director.send(names, [host], { via }))
  director.world.mark(manner % 5 === 0 ? 'stall' : 'withhold')
}

/** A peer tells of many headers far below the tip, for which it never has blocks. */
export function headerSpam(director: Director, { node, depth, count }: ActOf<'header-spam'>): void {
  const host = director.host(node)
  if (!host.running) return
  const base = director.ancestor(director.tipOf(host), depth)
  if (director.isHard(base)) return
  const names = director.grow(base, count).map((block) => block.name)
  director.send(names, [host], { as: 'header', via: 'peer' })
  director.world.mark('header-spam')
}

/** An operator calls a block of the active chain invalid, and thinks better of it later. */
export function overrule(director: Director, { node, depth, lastsMs }: ActOf<'overrule'>): void {
  const host = director.host(node)
  if (!host.running) return
  const block = director.ancestor(director.tipOf(host), depth)
  if (block.parent === undefined) return
  director.perform({ do: 'invalidate', node: host.name, block: block.name })
  director.later(lastsMs, () => director.perform({ do: 'reconsider', node: host.name, block: block.name }))
  director.world.mark('overrule')
}

const COMMANDS = [
  'headers',
  'inv',
  'getdata',
  'tx',
  'block',
  'cmpctblock',
  'blocktxn',
  'getheaders',
  'addr',
  'nonsense',
]
const CONTENT_MAX = 300

/** A peer says something that is no message of its type. */
export function babble(director: Director, { node, command, content }: ActOf<'babble'>): void {
  const stream = createStream(content, 'adversary')
  const payload = Uint8Array.from({ length: stream.integer(CONTENT_MAX) }, () => stream.integer(256))
  const magic = Buffer.from(director.chain.magic, 'hex')
  const bytes = encodeMessage(magic, COMMANDS[command % COMMANDS.length]!, payload)
  director.perform({
    do: 'message',
    to: [director.host(node).name],
    bytes: Buffer.from(bytes).toString('hex'),
  })
  director.world.mark('malformed')
}
