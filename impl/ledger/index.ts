export { BookIndex } from './book-index.ts'
export { type Account, type JournalEntry, journalOf } from './entries.ts'
export { type Trace, type TraceStep, traceBack, traceForward } from './provenance.ts'
export { TOTAL_ACCOUNTS, type Totals } from './totals.ts'
