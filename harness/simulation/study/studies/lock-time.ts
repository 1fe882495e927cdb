import { exponential } from '../draws.ts'
import { cell, type Study } from '../study.ts'
import { trialsFor } from '../trials.ts'

type Lock = {
  /** Mean seconds between blocks. */
  readonly interval: number
  /** Seconds until the payment may be confirmed. */
  readonly lock: number
}

/** The probability that a block comes before the lock ends, and with it the other spend. */
function stolenUnderLock({ interval, lock }: Lock): number {
  return 1 - Math.exp(-lock / interval)
}

export const lockTime: Study = {
  name: 'lock-time',
  title: 'Lock time does not stop a double spend',
  text: 'A payee holds a payment that may not be confirmed before its lock time. The payer spends the same coin without a lock, and the next block takes that spend, since the locked one is not final. The longer the lock, the surer the theft.',
  sources: ['the paper, footnote 4', 'Bitcoin Core consensus/tx_verify.cpp IsFinalTx'],
  cells: [60, 600, 1200].map((lock) =>
    cell<Lock>({
      label: `locked for ${lock} s`,
      parameters: { interval: 600, lock },
      expected: stolenUnderLock,
      simulate: (parameters, stream) => {
        const trials = trialsFor(stolenUnderLock(parameters))
        let hits = 0
        for (let trial = 0; trial < trials; trial++)
          if (exponential(parameters.interval, stream) < parameters.lock) hits++
        return { sample: { kind: 'proportion', hits, of: trials }, events: trials }
      },
    }),
  ),
  notes: [
    'The paper says that double spending is handled by lock time. It is not: a coin is spent once because each node accepts the first spend only, and work decides which spend was first.',
  ],
}
