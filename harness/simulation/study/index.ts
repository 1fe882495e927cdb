import { doubleSpend } from './studies/double-spend.ts'
import { lightNode } from './studies/light-node.ts'
import { limits } from './studies/limits.ts'
import { lockTime } from './studies/lock-time.ts'
import { majority } from './studies/majority.ts'
import { minerLoss } from './studies/miner-loss.ts'
import { optimalMining } from './studies/optimal-mining.ts'
import { retarget } from './studies/retarget.ts'
import { selfishMining } from './studies/selfish-mining.ts'
import { staleShareStudy } from './studies/stale-share.ts'
import { timewarp } from './studies/timewarp.ts'
import type { Study } from './study.ts'

/** Every study, in the order in which they are played. */
export const STUDIES: readonly Study[] = [
  doubleSpend,
  selfishMining,
  optimalMining,
  staleShareStudy,
  retarget,
  timewarp,
  lockTime,
  majority,
  lightNode,
  minerLoss,
  limits,
]

export { runStudy, type StudyResult } from './study.ts'
