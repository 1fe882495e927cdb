import { describe, expect, it } from 'vitest'
import { encodeMessage } from '../../wire/index.ts'
import type { Hazard } from '../adversary/hazards.ts'
import type { PassingMessage } from '../simulator/passage.ts'
import { drawStorms } from './draw-storms.ts'

const NODES = ['n1', 'n2', 'n3']
const MAGIC = Buffer.from('tiny')

function drawOf(networkSeed: number, hazards: Hazard[]) {
  return drawStorms({ chain: 0, topology: 0, latencyMs: 0, networkSeed, hazards, acts: [] }, NODES)
}

/** Many messages of two kinds, between all nodes, over a minute. */
function* traffic(): Generator<PassingMessage> {
  const messages = ['block', 'inv'].map((command) => encodeMessage(MAGIC, command, new Uint8Array(100)))
  for (let index = 0; index < 2000; index++) {
    const [from, to] = [NODES[index % 3]!, NODES[(index + 1 + (Math.floor(index / 3) % 2)) % 3]!]
    yield { from, to, index, at: index * 30, bytes: messages[Math.floor(index / 6) % 2]! }
  }
}

function fates(networkSeed: number, hazards: Hazard[]) {
  const draw = drawOf(networkSeed, hazards)
  return { draw, messages: [...traffic()].map((message) => ({ message, fault: draw.faultOf(message) })) }
}

describe('the draw of storms', () => {
  it('is the same for the same seed, keeps what came to something, and ends when it is stopped', () => {
    const { draw, messages } = fates(8, ['loss', 'corrupt'])
    const hit = messages.filter(({ fault }) => fault !== undefined)
    expect(hit.length).toBeGreaterThan(0)
    expect(draw.drawn).toEqual(
      hit.map(({ message: { from, to, index }, fault }) => ({ from, to, message: index, ...fault })),
    )
    expect(fates(8, ['loss', 'corrupt']).draw.drawn).toEqual(draw.drawn)
    draw.stop()
    for (const message of traffic()) expect(draw.faultOf(message)).toBeUndefined()
  })

  it('is of the hazards that are on only', () => {
    expect(fates(1, []).draw.drawn).toEqual([])
    for (let seed = 0; seed < 10; seed++)
      for (const { kind } of fates(seed, ['delay', 'duplicate']).draw.drawn)
        expect(['delay', 'duplicate']).toContain(kind)
  })

  it('is scoped: some storms hit one sender, one receiver, one kind of message, or one stretch of time only', () => {
    const scopes = { from: 0, to: 0, command: 0, late: 0 }
    for (let seed = 0; seed < 400; seed++) {
      const hit = fates(seed, ['loss']).messages.filter(({ fault }) => fault !== undefined)
      if (hit.length < 20) continue
      const kinds = (pick: (message: PassingMessage) => string) =>
        new Set(hit.map(({ message }) => pick(message))).size
      if (kinds(({ from }) => from) === 1) scopes.from++
      if (kinds(({ to }) => to) === 1) scopes.to++
      if (kinds(({ bytes }) => Buffer.from(bytes).toString('latin1', 4, 9)) === 1) scopes.command++
      if (hit[0]!.message.at > 10_000) scopes.late++
    }
    for (const count of Object.values(scopes)) expect(count).toBeGreaterThan(0)
  })
})
