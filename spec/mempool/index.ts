export { addToPool, EMPTY_POOL, judgeUnconfirmed, type Pool, type PoolContext } from './pool.ts'
export { refill } from './refill.ts'
