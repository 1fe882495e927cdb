export { PriorityQueue } from './priority-queue.ts'
export { poissonDelay, randomNonce } from './random.ts'
export { RecentFingerprints } from './recent-fingerprints.ts'
export { RecentSet } from './recent-set.ts'
