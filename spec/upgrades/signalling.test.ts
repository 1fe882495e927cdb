import { describe, expect, it } from 'vitest'
import type { Bip8, Bip9, Heretical } from '../chains/index.ts'
import type { SignalledState } from './signalling.ts'
import { nextBip8State, nextBip9State, nextHereticalState } from './signalling.ts'

const bip9: Bip9 = {
  kind: 'bip9',
  bit: 1,
  startTime: 100,
  timeout: 200,
  minActivationHeight: 50,
  threshold: 3,
  window: 4,
}
const bip8: Bip8 = {
  kind: 'bip8',
  bit: 1,
  startHeight: 8,
  timeoutHeight: 16,
  lockInOnTimeout: false,
  threshold: 3,
  window: 4,
}
const end = (changes: object) => ({ nextHeight: 0, medianTime: 0, signalling: 0, ...changes })

describe('BIP9', () => {
  const next = (state: Parameters<typeof nextBip9State>[1], changes: object) =>
    nextBip9State(bip9, state, end(changes))
  it.each([
    [99, 'defined'],
    [100, 'started'],
    [101, 'started'],
  ])('starts by the median time: %i', (medianTime, state) =>
    expect(next('defined', { medianTime })).toBe(state),
  )
  it.each([
    [2, 'started'],
    [3, 'locked-in'],
    [4, 'locked-in'],
  ])('locks in by signals: %i', (signalling, state) => expect(next('started', { signalling })).toBe(state))
  it.each([
    [199, 'started'],
    [200, 'failed'],
    [201, 'failed'],
  ])('fails by the median time: %i', (medianTime, state) =>
    expect(next('started', { medianTime })).toBe(state),
  )
  it('would rather lock in than fail', () => {
    expect(next('started', { medianTime: 200, signalling: 3 })).toBe('locked-in')
  })
  it.each([
    [49, 'locked-in'],
    [50, 'active'],
    [51, 'active'],
  ])('waits for its height: %i', (nextHeight, state) => expect(next('locked-in', { nextHeight })).toBe(state))
  it('ends active or failed', () => {
    const any = { medianTime: 999, signalling: 4, nextHeight: 99 }
    expect([next('active', any), next('failed', any)]).toEqual(['active', 'failed'])
  })
})

describe('BIP8', () => {
  const next = (state: Parameters<typeof nextBip8State>[1], changes: object, deployment = bip8) =>
    nextBip8State(deployment, state, end(changes))
  const forced = { ...bip8, lockInOnTimeout: true }
  it.each([
    [7, 'defined'],
    [8, 'started'],
    [9, 'started'],
  ])('starts by height: %i', (nextHeight, state) => expect(next('defined', { nextHeight })).toBe(state))
  it.each([
    [2, 'started'],
    [3, 'locked-in'],
  ])('locks in by signals: %i', (signalling, state) => expect(next('started', { signalling })).toBe(state))
  it.each([
    [15, 'started', 'must-signal'],
    [16, 'failed', 'must-signal'],
    [11, 'started', 'started'],
    [12, 'started', 'must-signal'],
  ])('times out by height: %i', (nextHeight, state, whenForced) => {
    expect([next('started', { nextHeight }), next('started', { nextHeight }, forced)]).toEqual([
      state,
      whenForced,
    ])
  })
  it('locks in after a period in which blocks must signal, then is active', () => {
    expect([next('must-signal', {}), next('locked-in', {}), next('active', {})]).toEqual([
      'locked-in',
      'active',
      'active',
    ])
  })
})

describe('a heretical deployment', () => {
  const heretical: Heretical = {
    kind: 'heretical',
    activateVersion: 0x60007700,
    abandonVersion: 0x40007700,
    startTime: 100,
    timeout: 200,
    window: 4,
  }
  const next = (state: SignalledState, changes: object) =>
    nextHereticalState(heretical, state, {
      medianTime: 150,
      isActivated: false,
      isAbandoned: false,
      ...changes,
    })
  it.each<[SignalledState, object, SignalledState]>([
    ['defined', { medianTime: 99 }, 'defined'],
    ['defined', { medianTime: 100 }, 'started'],
    ['defined', { medianTime: 200 }, 'abandoned'],
    ['started', {}, 'started'],
    ['started', { isActivated: true }, 'locked-in'],
    ['started', { isActivated: true, isAbandoned: true }, 'abandoned'],
    ['started', { isActivated: true, medianTime: 200 }, 'abandoned'],
    ['locked-in', {}, 'active'],
    ['locked-in', { isAbandoned: true }, 'deactivating'],
    ['active', { medianTime: 199 }, 'active'],
    ['active', { medianTime: 200 }, 'deactivating'],
    ['active', { isAbandoned: true }, 'deactivating'],
    ['deactivating', { isActivated: true }, 'abandoned'],
    ['abandoned', { isActivated: true }, 'abandoned'],
  ])('%s, %o: %s', (state, changes, after) => expect(next(state, changes)).toBe(after))
})
