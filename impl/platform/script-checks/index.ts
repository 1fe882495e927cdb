export { ThreadedChecks } from './threaded-checks.ts'
