import { eclipse } from './eclipse.ts'
import { equivocate } from './equivocate.ts'
import { finney } from './finney.ts'
import { headerSpam } from './header-spam.ts'
import { invalidBlock } from './invalid-block.ts'
import { majority } from './majority.ts'
import { malformed } from './malformed.ts'
import { oneConfirmation } from './one-confirmation.ts'
import { operatorOverride } from './operator-override.ts'
import { race } from './race.ts'
import { selfish } from './selfish.ts'
import { timewarp } from './timewarp.ts'
import { withhold } from './withhold.ts'

/** What is done to nodes on purpose: each seed draws which attacks are on. The name is the mark, too. */
export const ATTACKS = [
  race,
  finney,
  oneConfirmation,
  majority,
  eclipse,
  equivocate,
  selfish,
  timewarp,
  headerSpam,
  invalidBlock,
  withhold,
  operatorOverride,
  malformed,
] as const
