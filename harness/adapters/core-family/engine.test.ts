import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { replayOnEngine } from '../../simulation/index.ts'
import { TargetError } from '../abstention.ts'
import { BITCOIND } from '../bitcoind/client.ts'
import { chainLookup } from '../chains.ts'
import { createEngine } from '../index.ts'
import { LITECOIND } from '../litecoind/client.ts'
import { workerUrl } from '../process/worker-url.ts'
import { openDaemonEngine } from './engine.ts'

/** Where Debian puts it. */
const DEBIAN_LITECOIND = '/usr/bin/litecoind'

const RUNNING = [
  {
    daemon: BITCOIND,
    unconfirmed: ['early'],
    path: process.env.TOUCHSTONE_BITCOIND,
    lacks: 'TOUCHSTONE_BITCOIND names no bitcoind',
  },
  {
    daemon: LITECOIND,
    unconfirmed: [],
    path: process.env.TOUCHSTONE_LITECOIND ?? (existsSync(DEBIAN_LITECOIND) ? DEBIAN_LITECOIND : undefined),
    lacks: 'Debian has a package litecoind, or TOUCHSTONE_LITECOIND names one',
  },
].map((target) => {
  const isBuilt = existsSync(workerUrl('daemon'))
  const lacks = target.path === undefined ? target.lacks : isBuilt ? undefined : 'dist/ is not built'
  return {
    ...target,
    lacks,
    title: lacks === undefined ? target.daemon.name : `${target.daemon.name} (skipped: ${lacks})`,
  }
})

describe('a daemon that cannot be started', () => {
  it('is said so in one line', () => {
    expect(() => openDaemonEngine(BITCOIND, '/nowhere/bitcoind')).toThrow(
      new TargetError('/nowhere/bitcoind: no such executable file'),
    )
    expect(() => openDaemonEngine(BITCOIND, '/')).toThrow(new TargetError('/: not a file'))
  })
})

describe.each(RUNNING)('a running $title', ({ daemon, unconfirmed, path, lacks }) => {
  it.skipIf(lacks !== undefined)(
    'judges blocks, headers and unconfirmed transactions as the specification does',
    () => {
      const compiled = compileScenario(
        parseScenario({
          format: 'touchstone-scenario/1',
          title: 'a little of everything',
          story: 'A chain of two, a rival, a false amount, a header, a transaction that is too early.',
          sources: ['BIP22'],
          chain: daemon.chain,
          keys: ['alice'],
          transactions: {
            early: { inputs: [{ spends: 'b1:0' }], outputs: [{ to: 'alice', value: 'rest' }] },
          },
          blocks: {
            b1: { extends: 'genesis' },
            b2: { extends: 'b1' },
            rival: { extends: 'b1', time: 'parent+601' },
            greedy: { extends: 'b2', coinbase: { value: { plus: 1 } } },
          },
          steps: [
            { do: 'send', items: ['b1', 'b2', 'rival', 'greedy', ...unconfirmed] },
            {
              do: 'expect',
              tip: 'b2',
              digestOf: 'b2',
              ...(unconfirmed.length > 0 ? { mempool: { lacks: unconfirmed } } : {}),
            },
            { do: 'send', items: ['greedy'], as: 'header' },
          ],
        }),
        chainLookup,
      )
      const engine = openDaemonEngine(daemon, path!)
      try {
        const reference = createEngine('spec')
        const [theirs, ours] = [engine, reference].map((judge) =>
          replayOnEngine(compiled, judge, { reference }),
        )
        const said = (result: typeof ours) =>
          result!.deliveries.map(({ item, verdict }) => [item, verdict?.outcome])
        expect(theirs).toMatchObject({ status: 'pass' })
        expect(said(theirs)).toEqual(said(ours))
      } finally {
        engine.close()
      }
    },
  )
})
