import { describe, expect, test } from 'vitest'
import { testChain } from '../testing/chains.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { DeploymentStates } from './deployment-state.ts'
import { medianTimePast } from './median-time.ts'

const BIT = 3
const SIGNAL = 0x20000000 | (1 << BIT)
const WINDOW = 8
const chain = testChain(crypto)
const genesisTime = chain.genesis.header.time

function states(options: { startTime?: number; timeout?: number; minActivationHeight?: number } = {}) {
  return new DeploymentStates(
    {
      kind: 'bip9',
      bit: BIT,
      startTime: genesisTime + 100,
      timeout: genesisTime + 10_000_000,
      minActivationHeight: 0,
      threshold: 6,
      window: WINDOW,
      ...options,
    },
    chain.limits.medianTimeSpan,
  )
}

/** Heights at which the state for the next block differs from that of the block before. */
function changes(node: TestChain, deployment: DeploymentStates): string[] {
  const changes: string[] = []
  let last = ''
  for (let height = 0; height <= node.tip.height; height++) {
    const state = deployment.stateAfter(node.tip.ancestor(height))
    if (state !== last) changes.push(`${height + 1} ${state}`)
    last = state
  }
  return changes
}

const mine = (node: TestChain, count: number, version: number) => {
  for (let i = 0; i < count; i++) node.mine({ version })
}

describe('a BIP9 deployment', () => {
  test('goes through its states at the ends of periods', () => {
    const node = new TestChain(chain)
    mine(node, 7, SIGNAL)
    mine(node, 6, SIGNAL)
    mine(node, 12, 0x20000000)
    expect(changes(node, states())).toEqual(['1 defined', '8 started', '16 locked-in', '24 active'])
  })

  test('needs the threshold, the bit, and the top bits', () => {
    for (const [signals, version, reached] of [
      [5, SIGNAL, false],
      [6, SIGNAL, true],
      [8, 0x20000000, false],
      [8, 1 << BIT, false],
      [8, 0x60000000 | (1 << BIT), false],
      [8, 0x3fffffff, true],
    ] as const) {
      const node = new TestChain(testChain(crypto, { deployments: NO_VERSIONS }))
      mine(node, 7, 1)
      mine(node, signals, version)
      mine(node, WINDOW - signals, 1)
      expect(states().stateAfter(node.tip)).toBe(reached ? 'locked-in' : 'started')
    }
  })

  test('fails at the time-out, unless the last period signals enough', () => {
    const node = new TestChain(chain)
    mine(node, 16, 0x20000000)
    const clock = medianTimePast(node.tip.ancestor(15), chain.limits.medianTimeSpan)
    expect(states({ timeout: clock + 1 }).stateAfter(node.tip)).toBe('started')
    expect(states({ timeout: clock }).stateAfter(node.tip)).toBe('failed')
    const willing = new TestChain(chain)
    mine(willing, 16, SIGNAL)
    expect(states({ timeout: clock }).stateAfter(willing.tip)).toBe('locked-in')
  })

  test('waits for the lowest height at which it may be active', () => {
    const node = new TestChain(chain)
    mine(node, 40, SIGNAL)
    expect(changes(node, states({ minActivationHeight: 32 })).at(-1)).toBe('32 active')
    expect(changes(node, states({ minActivationHeight: 33 })).at(-1)).toBe('40 active')
  })

  test('belongs to a branch, not to a height', () => {
    const node = new TestChain(chain)
    mine(node, 7, SIGNAL)
    const fork = node.tip
    mine(node, 10, SIGNAL)
    const first = node.tip
    let other = fork
    for (let i = 0; i < 12; i++) other = node.node(node.mine({ version: 0x20000000 }, other))
    const deployment = states()
    expect(deployment.stateAfter(first)).toBe('locked-in')
    expect(deployment.stateAfter(other)).toBe('started')
  })
})

describe('a BIP8 deployment', () => {
  const byHeight = (options: object = {}) => ({
    kind: 'bip8' as const,
    bit: BIT,
    startHeight: 8,
    timeoutHeight: 32,
    lockInOnTimeout: true,
    threshold: 6,
    window: WINDOW,
    ...options,
  })
  const statesOf = (options: object = {}) =>
    new DeploymentStates(byHeight(options), chain.limits.medianTimeSpan)
  const silent = (count: number) => {
    const node = new TestChain(chain)
    mine(node, count, 0x20000000)
    return node
  }

  test('without signals must be signalled for in the period before the time-out, and locks in', () => {
    expect(changes(silent(49), statesOf())).toEqual([
      '1 defined',
      '8 started',
      '24 must-signal',
      '32 locked-in',
      '40 active',
    ])
  })

  test('fails at the time-out where it is not to lock in', () => {
    expect(changes(silent(49), statesOf({ lockInOnTimeout: false }))).toEqual([
      '1 defined',
      '8 started',
      '32 failed',
    ])
  })

  test.each([
    [7, 8],
    [8, 8],
    [9, 16],
  ])('starting at %d starts with the period of %d', (startHeight, height) => {
    expect(changes(silent(17), statesOf({ startHeight }))[1]).toBe(`${height} started`)
  })

  test.each([
    [31, 24],
    [32, 24],
    [33, 32],
  ])('timing out at %d must be signalled for from %d on', (timeoutHeight, height) => {
    expect(changes(silent(40), statesOf({ timeoutHeight }))[2]).toBe(`${height} must-signal`)
    const failing = changes(silent(49), statesOf({ timeoutHeight, lockInOnTimeout: false }))
    expect(failing[2]).toBe(`${height + 8} failed`)
  })

  test.each([
    [5, 'started'],
    [6, 'locked-in'],
    [7, 'locked-in'],
  ])('with %d signals of 8 is %s', (count, state) => {
    const node = silent(7)
    mine(node, count, SIGNAL)
    mine(node, WINDOW - count, 0x20000000)
    expect(statesOf().stateAfter(node.tip)).toBe(state)
  })

  test('lets as many keep silent as the threshold leaves, wherever they stand, and no more', () => {
    const node = new TestChain(testChain(crypto, { deployments: { csv: byHeight() } }))
    mine(node, 24, 0x20000000)
    mine(node, 3, SIGNAL)
    mine(node, 1, 0x20000000)
    const { chainstate } = node
    expect(chainstate.activations.after(node.tip)).toMatchObject({
      versionBits: 1 << BIT,
      versionBitsNeeded: 1 << BIT,
    })
    for (const version of [0x20000000, 1 << BIT, 0x60000000 | (1 << BIT)])
      expect(node.deliver(node.forge.block(node.tip, { version }))).toMatchObject({
        class: 'invalid',
        reason: 'bad-version-bip8-must-signal',
      })
    mine(node, 4, SIGNAL)
    expect(node.tip.height).toBe(32)
    // Locked in: no block must signal any more, though miners go on.
    expect(chainstate.activations.after(node.tip)).toMatchObject({
      versionBits: 1 << BIT,
      versionBitsNeeded: 0,
    })
    mine(node, 7, 0x20000000)
    expect(chainstate.activations.after(node.tip.previous!).csv).toBe(false)
    expect(chainstate.activations.after(node.tip)).toMatchObject({ csv: true, versionBits: 0 })
  })
})

const NEVER = { kind: 'never' }
const NO_VERSIONS = { bip34: NEVER, bip65: NEVER, bip66: NEVER }
