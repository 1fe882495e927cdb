import type { NodeEffect } from '../node/index.ts'
import { rejectLine } from '../validation/index.ts'
import type { Log } from './log.ts'

type Judged = Extract<NodeEffect, { kind: 'judged' }>

/** Writes of a judgement what Core's log has of it, in its words. */
export function logJudged(log: Log, { subject, hash, verdict, peer }: Judged): void {
  const { outcome } = verdict
  if (outcome !== 'rejected' && outcome !== 'invalid-ancestor' && outcome !== 'duplicate') return
  const reason = outcome === 'rejected' ? rejectLine(verdict) : (verdict.reason ?? 'bad-prevblk')
  if (subject === 'transaction') {
    if (outcome === 'duplicate' && peer === undefined) return
    log.debug('mempoolrej', `${hash} from peer=${peer ?? -1} was not accepted: ${reason}`, {
      event: 'transaction-refused',
      hash,
      peer,
      reason,
    })
    return
  }
  if (outcome === 'duplicate') return
  if (subject === 'header') {
    log.debug('validation', `ProcessNewBlockHeaders: header ${hash} was not accepted: ${reason}`, {
      event: 'header-refused',
      hash,
      peer,
      reason,
    })
    return
  }
  if (outcome === 'rejected' && verdict.class === 'mutated')
    log.debug('validation', `Block mutated: ${reason}`)
  log.debug('validation', `block ${hash}, ${reason}`)
  log.error(`AcceptBlock FAILED (${reason})`, { event: 'block-refused', hash, peer, reason })
}

export function logTip(log: Log, { hash, height }: Extract<NodeEffect, { kind: 'tip' }>, time: number): void {
  const date = `${new Date(time * 1000).toISOString().slice(0, 19)}Z`
  log.info(`UpdateTip: new best=${hash} height=${height} date='${date}'`, {
    event: 'tip',
    hash,
    height,
    blockTime: time,
  })
}

export function logOf(log: Log, { level, message }: Extract<NodeEffect, { kind: 'log' }>) {
  switch (level) {
    case 'debug':
      return log.debug('net', message)
    case 'info':
      return log.info(message)
    case 'warning':
      return log.warning(message)
    case 'error':
      return log.error(message)
  }
}
