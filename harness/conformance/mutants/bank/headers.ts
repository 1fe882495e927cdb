import type { Mutant } from '../mutant.ts'

const HEADER = 'impl/validation/header.ts'
const WORK = 'impl/validation/proof-of-work.ts'

/** Work, time and version. */
export const headerMutants: readonly Mutant[] = [
  {
    id: 'H02',
    bug: 'Retargeting measures a whole period, one interval more than Bitcoin does.',
    source: 'Core CalculateNextWorkRequired; the off-by-one behind the time warp',
    file: WORK,
    find: 'limits.measuresWholePeriods && parent.height >= limits.retargetInterval',
    replace: 'parent.height >= limits.retargetInterval',
  },
  {
    id: 'H05',
    bug: 'A retarget may make blocks more than four times as hard.',
    source: 'Core CalculateNextWorkRequired',
    file: WORK,
    find: 'Math.min(Math.max(parent.time - first.time, shortest), timespan * 4)',
    replace: 'Math.min(Math.max(parent.time - first.time, 1), timespan * 4)',
  },
  {
    id: 'H06',
    bug: 'After a block of minimum difficulty, the next is as easy.',
    source: 'Core GetNextWorkRequired; bitcoin-s in 2019 (#652)',
    file: WORK,
    find: 'return link.bits',
    replace: 'return parent.bits',
  },
  {
    id: 'H07',
    bug: 'Under BIP94 a retarget starts from the last block of the period, not from the first.',
    source: 'BIP94',
    file: WORK,
    find: 'limits.enforceBip94 ? first.bits : parent.bits',
    replace: 'parent.bits',
  },
  {
    id: 'H08',
    bug: 'A block may have the very median time of its parent.',
    source: 'Core time-too-old',
    file: HEADER,
    find: 'header.time <= medianTime',
    replace: 'header.time < medianTime',
  },
  {
    id: 'H09',
    bug: 'A block from too far in the future is invalid for ever.',
    source: 'Core time-too-new',
    file: HEADER,
    find: "reject('premature', 'time-too-new'",
    replace: "reject('invalid', 'time-too-new'",
  },
  {
    id: 'H10',
    bug: 'A hash may exceed the target.',
    source: 'NBitcoin in 2017 (7d4e86f5c), bcoin in 2018 (b6d067ec)',
    file: WORK,
    find: 'if (difference !== 0) return difference < 0',
    replace: 'if (difference !== 0) return true',
  },
  {
    id: 'H11',
    bug: 'The version of a block is read as an unsigned number.',
    source: 'Core bad-version',
    file: HEADER,
    find: 'if (header.version < activation.versionMin)',
    replace: 'if (header.version >>> 0 < activation.versionMin)',
  },
  {
    id: 'H12',
    bug: 'A height with its top bit set is pushed without the byte for the sign.',
    source: 'BIP34',
    file: 'impl/validation/height-in-coinbase.ts',
    find: 'if (bytes[bytes.length - 1]! >= 0x80) bytes.push(0)',
    replace: '',
  },
]
