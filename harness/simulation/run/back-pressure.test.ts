import { expect, it } from 'vitest'
import { chainLookup, createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { NodeFactory } from '../../ports/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { simulate } from './simulate.ts'

const BLOCKS = 5
/** Together beyond the send buffer of a megabyte. */
const BLOCK_BYTES = 300_000

/** The built-in node, which notes what it learns of its peers. */
function listening(said: string[]): NodeFactory {
  const create = createNodeFactory()
  return (setup) => {
    const node = create(setup)
    return {
      view: node.view,
      step(event, nowMs) {
        if (event.kind === 'congested') said.push(`${setup.name} ${event.isCongested ? 'full' : 'drained'}`)
        if (event.kind === 'connected')
          said.push(`${setup.name} meets ${event.trusted ? 'a friend' : 'a peer'}`)
        return node.step(event, nowMs)
      },
    }
  }
}

function play(said: string[], afterHold: readonly object[]) {
  const wide = { coinbase: { outputs: [{ to: { opReturn: '00'.repeat(BLOCK_BYTES) }, value: 0 }] } }
  const scenario = parseScenario({
    format: 'touchstone-scenario/1',
    title: 'blocks pile up on the way to a slow peer',
    story: 'A node serves more than its send buffer holds to a peer that takes nothing in.',
    sources: ['Bitcoin Core -maxsendbuffer, fPauseSend'],
    nodes: { server: { peers: ['reader'] }, reader: { trusts: ['server'] } },
    runs: { b: { extends: 'genesis', count: BLOCKS, ...wide } },
    steps: [
      { do: 'send', items: [`b1..b${BLOCKS}`], to: ['server'], at: 1_000 },
      // By then the reader has heard of the blocks and asks for them; what is sent to it is held.
      { do: 'link', between: ['server', 'reader'], state: 'hold', oneWay: true, at: 1_175 },
      ...afterHold,
    ],
  })
  return simulate(compileScenario(scenario, chainLookup), listening(said), { oracle: createSpecOracle() })
}

it('a node learns when its send buffer is full, and when it has drained; then all arrives', () => {
  const said: string[] = []
  const { outcome, reason } = play(said, [
    { do: 'link', between: ['server', 'reader'], state: 'up', at: 10_000 },
    { do: 'expect', nodes: ['reader'], tip: `b${BLOCKS}`, withinMs: 60_000 },
  ])
  expect({ outcome, reason }).toEqual({ outcome: 'pass', reason: undefined })
  expect(said).toEqual(['server meets a peer', 'reader meets a friend', 'server full', 'server drained'])
})

it('a connection that is gone is congested no more', () => {
  const said: string[] = []
  play(said, [
    { do: 'link', between: ['server', 'reader'], state: 'down', at: 10_000 },
    { do: 'heal', at: 20_000 },
    { do: 'expect', nodes: ['reader'], tip: `b${BLOCKS}`, withinMs: 60_000 },
  ])
  expect(said.filter((line) => line.includes('full') || line.includes('drained'))).toEqual(['server full'])
})
