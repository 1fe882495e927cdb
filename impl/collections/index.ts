export { PriorityQueue } from './priority-queue.ts'
export { poissonDelay, randomNonce } from './random.ts'
export { RecentSet } from './recent-set.ts'
