import type { ChainLimits, ChainParameters } from '../chains/index.ts'
import type { BlockHeader, Hasher } from '../wire/index.ts'
import type { Activation } from './activation.ts'
import { signals } from './deployment-state.ts'
import { medianTimePast } from './median-time.ts'
import type { ChainLink } from './proof-of-work.ts'
import { meetsTarget, nextBits } from './proof-of-work.ts'
import { invalid, type Rejection, reject } from './rejection.ts'

/** How far the first block of a period may lie before its parent. [BIP94; Core MAX_TIMEWARP] */
const TIMEWARP_SECONDS_MAX = 600

/** The header's own claim: its hash meets the target it names. [Core CheckBlockHeader] */
export function checkHeader(
  header: BlockHeader,
  chain: ChainParameters,
  hasher: Hasher,
): Rejection | undefined {
  const hash = chain.proofOfWork === 'scrypt' ? hasher.scrypt1024(header.raw) : header.hash
  return meetsTarget(hash, header.bits, chain.limits.powLimit)
    ? undefined
    : invalid('high-hash', 'proof of work failed')
}

/** A header as the child of `parent`. `now` is Unix time in seconds. [Core ContextualCheckBlockHeader] */
export function checkHeaderInContext(
  header: BlockHeader,
  parent: ChainLink,
  activation: Activation,
  limits: ChainLimits,
  now: number,
): Rejection | undefined {
  const bits = nextBits(parent, header.time, limits)
  if (header.bits !== bits) return invalid('bad-diffbits', 'incorrect proof of work')
  const medianTime = medianTimePast(parent, limits.medianTimeSpan)
  if (header.time <= medianTime) return invalid('time-too-old', "block's timestamp is too early")
  const startsPeriod = (parent.height + 1) % limits.retargetInterval === 0
  if (limits.enforceBip94 && startsPeriod && header.time < parent.time - TIMEWARP_SECONDS_MAX)
    return invalid('time-timewarp-attack', "block's timestamp is too early on diff adjustment block")
  if (header.time > now + limits.maxFutureSeconds)
    return reject('premature', 'time-too-new', 'block timestamp too far in the future')
  if (header.version < activation.versionMin)
    return invalid(
      `bad-version(0x${hex8(header.version)})`,
      `rejected nVersion=0x${hex8(header.version)} block`,
    )
  const needed = activation.versionBitsNeeded
  if (needed !== 0 && !signals(header.version, needed))
    return invalid('bad-version-bip8-must-signal', `the bits 0x${hex8(needed)} must be set`)
  return undefined
}

/**
 * The earliest time in Unix seconds that a miner may give to the child of `parent`: after the median time, and at the
 * start of a period no more than ten minutes before its parent, also on chains that do not ask for it. [BIP94; Core GetMinimumTime]
 */
export function earliestTime(parent: ChainLink, limits: ChainLimits): number {
  const afterMedian = medianTimePast(parent, limits.medianTimeSpan) + 1
  const startsPeriod = (parent.height + 1) % limits.retargetInterval === 0
  return startsPeriod ? Math.max(afterMedian, parent.time - TIMEWARP_SECONDS_MAX) : afterMedian
}

function hex8(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}
