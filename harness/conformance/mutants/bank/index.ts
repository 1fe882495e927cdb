import type { Mutant } from '../mutant.ts'
import { blockMutants } from './blocks.ts'
import { coinMutants } from './coins.ts'
import { encodingMutants } from './encoding.ts'
import { forkMutants } from './forks.ts'
import { headerMutants } from './headers.ts'
import { lockMutants } from './locks.ts'
import { scriptMutants } from './script.ts'
import { signatureMutants } from './signatures.ts'
import { valueMutants } from './values.ts'
import { witnessMutants } from './witness.ts'

/** Bugs that block-chain software has had, or could have, each as a change of the node's source. */
export const BUG_BANK: readonly Mutant[] = [
  ...valueMutants,
  ...coinMutants,
  ...blockMutants,
  ...headerMutants,
  ...forkMutants,
  ...lockMutants,
  ...encodingMutants,
  ...scriptMutants,
  ...signatureMutants,
  ...witnessMutants,
]
