export { ThreadedChecks, type ThreadedChecksOptions } from './threaded-checks.ts'
