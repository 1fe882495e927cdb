import { pick } from '../choices.ts'
import type { Fault } from './fault.ts'

/** [Core consensus/consensus.h MAX_TIMEWARP] */
const TIMEWARP_SECONDS_MAX = 600

/** One for every rule of a header, at its edge: these on any chain. */
export const HEADER_FAULTS: readonly Fault[] = [
  function timeAtAnEdge({ draft, parent, honest, choice }) {
    const { maxFutureSeconds, targetSpacingSeconds } = draft.chain.limits
    const latest = draft.unixTime + maxFutureSeconds
    const { medianTime: median, time: last } = parent
    const slow = last + 2 * targetSpacingSeconds
    const times = [median - 1, median, median + 1, latest - 1, latest, latest + 1, slow, slow + 1]
    return { faulty: { ...honest, time: Math.max(0, pick(times, choice)) } }
  },
  function otherBits({ honest, choice }) {
    return {
      faulty: { ...honest, bits: pick(['207ffffe', '203fffff', '201fffff', '2000ffff', '1f7fffff'], choice) },
    }
  },
  function targetTooSmall({ honest, choice }) {
    const bits = pick(['00000000', '01003456', '04923456', '20800001'], choice)
    return { faulty: { ...honest, bits, mine: 'fail' } }
  },
  function targetTooLarge({ honest, choice }) {
    const bits = pick(['20ffffff', '21010000', '2100ffff', 'ff123456'], choice)
    return { faulty: { ...honest, bits } }
  },
  function missesTheTarget({ honest }) {
    return { faulty: { ...honest, mine: 'fail' } }
  },
  function anotherMerkleRoot({ honest }) {
    return { faulty: { ...honest, edits: [{ field: 'merkleRoot', bytes: 'ab'.repeat(32) }], mine: 'after' } }
  },
  function unknownParent({ honest, choice }) {
    const bytes = choice.toString(16).padStart(64, 'c')
    return { faulty: { ...honest, edits: [{ field: 'previous', bytes }], mine: 'after' } }
  },
]

/** Few chains have what these need. */
export const RARE_HEADER_FAULTS: readonly Fault[] = [
  function warpsTime({ draft, parent, honest, choice }) {
    const { retargetIntervalBlocks: interval, enforceBip94 } = draft.chain.limits
    const depth = (parent.height + 1) % interval
    if (!enforceBip94 || parent.height <= depth) return undefined
    const last = draft.ancestor(parent, depth)
    // The median must lie further back than the edge.
    const time = last.time - TIMEWARP_SECONDS_MAX + pick([0, -1, 1], choice)
    return { faulty: { ...honest, extends: last.name, transactions: [], time } }
  },
  function anyVersion({ draft, parent, honest, choice }) {
    const active = draft.activations.above(parent)
    const least = active.has('bip65') ? 4 : active.has('bip66') ? 3 : active.has('bip34') ? 2 : 0
    const versions = [least, Math.max(0, least - 1), least, 1, 0xffffffff, 0x80000004, 0x7fffffff]
    return { faulty: { ...honest, version: pick(versions, choice) } }
  },
]

/** Versions round the least that Litecoin lets pass once segwit is in force. */
export const SCRYPT_FAULTS: readonly Fault[] = [
  function lowVersion({ honest, choice }) {
    return { faulty: { ...honest, version: pick([0x1fffffff, 0x20000000, 4, 0x80000004], choice) } }
  },
]
