import { fork } from './fork.ts'
import { lockEdge } from './lock-edge.ts'
import { matureEdge } from './mature-edge.ts'
import { mine } from './mine.ts'
import { pay } from './pay.ts'

/** What happens on every network: always on. */
export const WORKLOAD = [mine, pay, fork, lockEdge, matureEdge] as const
