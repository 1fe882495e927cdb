import type { Upgrade } from '../upgrades/index.ts'
import { bip54 } from './bip54.ts'
import { bip110 } from './bip110.ts'
import { bip118 } from './bip118.ts'
import { bip119 } from './bip119.ts'
import { bip323 } from './bip323.ts'
import { bip347 } from './bip347.ts'
import { bip348 } from './bip348.ts'
import { bip349 } from './bip349.ts'
import { bip360 } from './bip360.ts'
import { bip433 } from './bip433.ts'
import { bip446 } from './bip446.ts'
import { blake2b } from './blake2b.ts'

/** Drafts of the same shape as what is deployed, in force nowhere; soft forks but for `blake2b`, which is known to be none. */
export const PROPOSALS: readonly Upgrade[] = [
  bip54,
  bip110,
  bip118,
  bip119,
  bip323,
  bip347,
  bip348,
  bip349,
  bip360,
  bip433,
  bip446,
  blake2b,
]
