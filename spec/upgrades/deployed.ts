import { bip16 } from './bip16.ts'
import { bip30 } from './bip30.ts'
import { bip34 } from './bip34.ts'
import { bip42 } from './bip42.ts'
import { bip65 } from './bip65.ts'
import { bip66 } from './bip66.ts'
import { csv } from './csv.ts'
import { segwit } from './segwit.ts'
import { taproot } from './taproot.ts'
import type { Upgrade } from './upgrade.ts'

/** Every soft fork that Bitcoin has deployed, in order of activation. */
export const UPGRADES: readonly Upgrade[] = [
  bip30, // no two transactions of one id
  bip16, // pay to script hash
  bip34, // the height in the coinbase
  bip42, // the end of the subsidy
  bip66, // strict signatures
  bip65, // OP_CHECKLOCKTIMEVERIFY
  csv, // relative lock times
  segwit,
  taproot,
]
