import { describe, expect, it } from 'vitest'
import type { Deployment } from '../chains/index.ts'
import { branch } from '../rules/testing.ts'
import type { Branch } from '../vocabulary/index.ts'
import { deploymentState } from './deployment.ts'

const SIGNAL = 0x20000002
const state = (deployment: Deployment, parent = branch([0])) => deploymentState(deployment, parent, 11)

describe('deployments that nobody signals', () => {
  it('are always or never in force', () => {
    expect([state({ kind: 'always' }), state({ kind: 'never' })]).toEqual(['active', 'failed'])
  })
  it.each([
    [2, 'active'],
    [3, 'active'],
    [4, 'defined'],
  ])('are in force from their height on: %i for block 3', (height, expected) =>
    expect(state({ kind: 'height', height }, branch([0, 1, 2]))).toBe(expected),
  )
  it.each([
    [19, 'active'],
    [20, 'active'],
    [21, 'defined'],
  ])('are in force from a median time on: %i', (medianTime, expected) =>
    expect(state({ kind: 'time', medianTime }, branch([10, 20, 30]))).toBe(expected),
  )
})

describe('a signalled deployment', () => {
  const deployment: Deployment = {
    kind: 'bip9',
    bit: 1,
    startTime: 0,
    timeout: 1_000_000,
    minActivationHeight: 0,
    threshold: 3,
    window: 4,
  }
  /** Periods of four blocks, each with this many signals. */
  const after = (...signalling: number[]) => {
    let top = branch([0], { version: 1 })
    const versions = signalling.flatMap((count) => [0, 1, 2, 3].map((at) => (at < count ? SIGNAL : 1)))
    for (const [index, version] of versions.slice(1).entries()) {
      const next = branch([index + 1], { version, previous: top.hash }, index + 1)
      top = { ...next, parent: top }
    }
    return top
  }
  it('goes through its states a period at a time', () => {
    expect(state(deployment, after(0))).toBe('started')
    expect(state(deployment, after(0, 2))).toBe('started')
    expect(state(deployment, after(0, 3))).toBe('locked-in')
    expect(state(deployment, after(0, 3, 0))).toBe('active')
    expect(state(deployment, after(0, 3, 0, 0))).toBe('active')
  })
  it('is one state for all blocks of a period', () => {
    const last = after(0, 3, 0)
    expect([last, last.parent!, last.parent!.parent!].map((at) => state(deployment, at))).toEqual([
      'active',
      'locked-in',
      'locked-in',
    ])
  })
  it('differs from branch to branch', () => {
    const [yes, no] = [after(0, 4, 0), after(0, 0, 0)]
    expect([state(deployment, yes), state(deployment, no)]).toEqual(['active', 'started'])
  })
  it('is by height where BIP8 says so', () => {
    const byHeight: Deployment = {
      kind: 'bip8',
      bit: 1,
      startHeight: 4,
      timeoutHeight: 12,
      lockInOnTimeout: true,
      threshold: 3,
      window: 4,
    }
    expect(
      [after(0), after(0, 0), after(0, 0, 0), after(0, 0, 0, 0)].map((at) => state(byHeight, at)),
    ).toEqual(['started', 'must-signal', 'locked-in', 'active'])
  })
})

describe('a heretical deployment', () => {
  const heretical = {
    kind: 'heretical',
    activateVersion: 0x60007700,
    abandonVersion: 0x40007700,
    startTime: 0,
    timeout: 1000,
    window: 4,
  } as const
  it('is locked in by one block whose version is that number, and abandoned by one', () => {
    const versions = new Map([
      [5, 0x60007700],
      [13, 0x60007701],
      [18, 0x40007700],
    ])
    let top: Branch | undefined
    const states = Array.from({ length: 32 }, (_, at) => {
      const next = branch([at], { version: versions.get(at) ?? 0x20000000 }, at)
      top = top === undefined ? next : { ...next, parent: top }
      return deploymentState(heretical, top, 1)
    }).filter((_, at) => at % 4 === 3)
    expect(states).toEqual([
      'started',
      'locked-in',
      'active',
      'active',
      'deactivating',
      'abandoned',
      'abandoned',
      'abandoned',
    ])
  })
})

describe('an expiring deployment', () => {
  const expiring = {
    kind: 'expiring',
    bit: 4,
    startTime: 4,
    threshold: 3,
    window: 4,
    maxActivationHeight: 24,
    activeBlocks: 8,
  } as const
  /** The state of each period, when these periods signal. */
  function states(signalling: readonly boolean[], periods: number): string[] {
    const versions = signalling.flatMap((isOn) => Array(4).fill(isOn ? 0x20000010 : 0x20000000))
    let top: Branch | undefined
    return Array.from({ length: periods * 4 }, (_, at) => {
      const next = branch([at], { version: versions[at] ?? 0x20000000 }, at)
      top = top === undefined ? next : { ...next, parent: top }
      return deploymentState(expiring, top, 1)
    }).filter((_, at) => at % 4 === 3)
  }

  it('locks in by signals, is in force for some blocks and then never again', () => {
    expect(states([false, false, true], 7)).toEqual([
      'defined',
      'started',
      'locked-in',
      'active',
      'active',
      'expired',
      'expired',
    ])
  })
  it('makes blocks signal two periods before the last height, and is in force at it', () => {
    expect(states([], 8)).toEqual([
      'defined',
      'started',
      'started',
      'must-signal',
      'locked-in',
      'active',
      'active',
      'expired',
    ])
  })
})
