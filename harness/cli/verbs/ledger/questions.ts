import {
  accountBalance,
  type Book,
  checkPayment,
  type Quantum,
  quantumAt,
  sourcesOf,
  type TraceStep,
  traceBack,
  traceForward,
} from '../../../../spec/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'
import type { ActiveChain } from './active-chain.ts'
import { accountOf, outpointOf, ownerText } from './owners.ts'

/** Where an output came from, down to the coinbases, and what it was turned into. */
export function printTrace(terminal: Terminal, book: Book, data: ActiveChain, text: string): VerbResult {
  const quantum = quantumAt(book, outpointOf(text, data))
  if (quantum === undefined) {
    terminal.line(`${text}: no such debit was ever written; no source, no validity`)
    return { exitCode: 1, json: { outpoint: text, found: false } }
  }
  const back = traceBack(book, quantum.coordinate)
  const forward = traceForward(book, quantum.coordinate)
  const sources = sourcesOf(book, quantum.coordinate)
  terminal.line(`coordinate ${quantum.coordinate}`)
  terminal.line('\nwhere it came from (从哪来)')
  for (const step of back) terminal.line(stepText(step, data))
  terminal.line('\nwhere it went (去过哪)')
  for (const step of forward) terminal.line(stepText(step, data))
  terminal.line(
    `\n${sources.length} source${sources.length === 1 ? '' : 's'}: ${sources.map((source) => placeText(source, data)).join(', ')}`,
  )
  return { exitCode: 0, json: { outpoint: text, found: true, quantum, back, forward, sources } }
}

/** The sum of an owner's unspent debits. */
export function printBalance(terminal: Terminal, book: Book, data: ActiveChain, owner: string): VerbResult {
  const account = accountOf(owner, data)
  const balance = accountBalance(book, account)
  terminal.line(`${balance} sat`)
  return { exitCode: 0, json: { owner, account, balanceSats: balance } }
}

/** Whether a payee may accept an output: its source is found, it is unspent, and the payer owns it. */
export function printPayment(
  terminal: Terminal,
  book: Book,
  data: ActiveChain,
  text: string,
  payer: string | undefined,
): VerbResult {
  const account = payer === undefined ? undefined : accountOf(payer, data)
  const check = checkPayment(book, outpointOf(text, data), account)
  if (check.accept)
    terminal.line(
      `accept: ${check.quantum.amount} sat of ${ownerText(check.quantum.account, data)}, unspent, from ${check.sources.map((source) => placeText(source, data)).join(', ')}`,
    )
  else terminal.line(`refuse: ${REFUSALS[check.because]}`)
  return { exitCode: check.accept ? 0 : 1, json: { outpoint: text, ...check } }
}

const REFUSALS = {
  'no-source': 'no source is found: nobody ever wrote this debit',
  spent: 'it is spent',
  'not-the-owner': 'it belongs to somebody else',
}

function stepText({ quantum, distance }: TraceStep, data: ActiveChain): string {
  return `  ${String(distance).padStart(3)}  ${placeText(quantum, data)}  ${quantum.amount} sat, height ${quantum.height}, ${ownerText(quantum.account, data)}`
}

function placeText({ outpoint }: Quantum, data: ActiveChain): string {
  return `${data.names.get(outpoint.txid) ?? outpoint.txid}:${outpoint.index}`
}
