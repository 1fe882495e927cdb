import { Command, Option } from 'commander'
import { renderHledger } from '../../../../reports/index.ts'
import {
  type Book,
  bookInvariants,
  describePostingError,
  height,
  openBook,
  postBlock,
  subsidyAt,
  trialBalance,
} from '../../../../spec/index.ts'
import { requirePaths } from '../../options.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../../verb.ts'
import { type ActiveChain, readActiveChain } from './active-chain.ts'
import { printJournal, printTrialBalance } from './print-book.ts'
import { printBalance, printPayment, printTrace } from './questions.ts'
import { printSubspaces } from './subspaces.ts'

interface LedgerOptions {
  readonly chainData: string
  readonly trace?: string
  readonly balance?: string
  readonly verifyPayment?: string
  readonly payer?: string
  readonly subspace?: readonly string[]
  readonly format: 'text' | 'json' | 'hledger'
}

/** `touchstone ledger --chain-data FILE` */
export function ledgerCommand(context: VerbContext): Command {
  const command = new Command('ledger')
    .description(
      'the book of a chain by double entry: journal, trial balance, where a coin came from and went',
    )
    .requiredOption(
      '--chain-data <file>',
      'blocks in any wrapping that `vectors` knows, a folder of bitcoind, or a scenario',
    )
    .option(
      '--trace <outpoint>',
      'where this output came from (从哪来) and went (去过哪); TXID:INDEX, or NAME:INDEX in a scenario',
    )
    .option('--balance <owner>', 'unspent debits of a script (hex), an address, or a key of a scenario')
    .option('--verify-payment <outpoint>', 'may a payee accept this output: source, unspent, owner?')
    .option('--payer <owner>', 'with --verify-payment: who must own it')
    .option(
      '--subspace <file...>',
      'which payments these rule sets above the protocol (子空间) accept, and their common part',
    )
    .addOption(
      new Option('--format <name>', 'of the journal').choices(['text', 'json', 'hledger']).default('text'),
    )
  return verb<LedgerOptions>(command, context, async (terminal, options) => {
    requirePaths([options.chainData, ...(options.subspace ?? [])])
    const data = readActiveChain(options.chainData)
    const book = bookOf(data)
    const result = answer(terminal, options, data, book)
    for (const refused of data.refused) terminal.note(`a block was refused: ${refused}`)
    for (const missing of data.missing) terminal.note(`${options.chainData}: missing: ${missing}`)
    return data.missing.length === 0 ? result : { ...result, exitCode: 1 }
  })
}

function answer(terminal: Terminal, options: LedgerOptions, data: ActiveChain, book: Book): VerbResult {
  if (options.trace !== undefined) return printTrace(terminal, book, data, options.trace)
  if (options.balance !== undefined) return printBalance(terminal, book, data, options.balance)
  if (options.verifyPayment !== undefined)
    return printPayment(terminal, book, data, options.verifyPayment, options.payer)
  if (options.subspace !== undefined) return printSubspaces(terminal, data, options.subspace)
  const balance = trialBalance(book)
  const broken = Object.entries(bookInvariants).filter(([, holds]) => !holds(book))
  const json = {
    chain: data.chain.name,
    height: data.blocks.length,
    journal: [...book.journal],
    trialBalance: balance,
    broken: broken.map(([name]) => name),
  }
  if (options.format === 'hledger') terminal.line(renderHledger(book.journal, balance.accounts).trimEnd())
  else if (options.format === 'json')
    terminal.line(JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? value.toString() : value)))
  else {
    printJournal(terminal, book, data)
    printTrialBalance(terminal, balance, data)
    for (const [name] of broken) terminal.line(`BROKEN ${name}`)
  }
  return { exitCode: broken.length === 0 ? 0 : 1, json }
}

/** Every block of the active chain posted, genesis first. */
function bookOf({ chain, blocks }: ActiveChain): Book {
  let book = openBook(chain.genesis, subsidyAt(height(0), chain.limits))
  for (const [index, block] of blocks.entries()) {
    const place = height(index + 1)
    const posted = postBlock(book, block, place, subsidyAt(place, chain.limits))
    if (!posted.ok) throw new UsageError(`block ${place}: ${describePostingError(posted.error)}`)
    book = posted.book
  }
  return book
}
