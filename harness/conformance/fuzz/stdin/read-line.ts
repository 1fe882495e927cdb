import { chainLookup, facetOf } from '../../../adapters/index.ts'
import { type Engine, isHexBytes, type SpentOutput } from '../../../ports/index.ts'
import { parseTransaction } from '../../../wire/index.ts'

/** One question, to be put to any engine. */
export type FuzzQuestion = (engine: Engine) => string

/** A line that asks nothing; the message says what was expected. */
export class LineError extends Error {}

const KINDS: Readonly<Record<string, (words: readonly string[]) => FuzzQuestion>> = {
  script: ([flags = '', input = '', transaction = '', ...coins]) => {
    const request = {
      flags: readFlags(flags),
      inputIndex: readCount('the input', input),
      transaction: readHex('the transaction', transaction),
      spentOutputs: coins.map(readCoin),
    }
    requireCoins(request)
    return (engine) => facetOf(engine, 'scripts').verifyScript(request)
  },
  transaction: ([hex = '', ...rest]) => {
    requireEnd(rest)
    const transaction = readHex('the transaction', hex)
    return (engine) => facetOf(engine, 'contextFree').checkTransaction(transaction)
  },
  block: ([chain = '', flags = '', hex = '', ...coins]) => {
    if (chainLookup(chain) === undefined) throw new LineError(`${quote(chain)}: expected the name of a chain`)
    const block = readHex('the block', hex)
    const spent = coins.length === 0 ? {} : { spentOutputs: coins.map(readCoin) }
    const request = { chain, flags: readFlags(flags), block, ...spent }
    return (engine) => facetOf(engine, 'contextFree').checkBlock(request)
  },
}

/**
 * What a line asks: `script FLAGS INPUT TRANSACTION COIN…`, `transaction TRANSACTION` or `block CHAIN FLAGS BLOCK COIN…`.
 * Flags are Core's names with commas between, or `-`; a coin is `SATS:SCRIPT`; bytes are lower-case hex.
 * @throws LineError in one line
 */
export function readLine(line: string): FuzzQuestion {
  const [kind = '', ...words] = line.split(' ')
  const read = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (read === undefined) throw new LineError(`${quote(kind)}: expected script, transaction or block`)
  return read(words)
}

/** Flag lists that came before: a fuzzer has few of them. */
const FLAG_LISTS = new Map<string, readonly string[]>()
const FLAG_LISTS_MAX = 1000

function readFlags(text: string): readonly string[] {
  const known = FLAG_LISTS.get(text)
  if (known !== undefined) return known
  if (!/^(-|[A-Z0-9_]+(,[A-Z0-9_]+)*)$/.test(text))
    throw new LineError(`${quote(text)}: expected flags such as P2SH,WITNESS, or -`)
  const flags = text === '-' ? [] : text.split(',')
  if (FLAG_LISTS.size >= FLAG_LISTS_MAX) FLAG_LISTS.clear()
  FLAG_LISTS.set(text, flags)
  return flags
}

function readCount(what: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new LineError(`${what}: expected a number, got ${quote(text)}`)
  return Number(text)
}

function readHex(what: string, text: string): Uint8Array {
  if (!isHexBytes(text)) throw new LineError(`${what}: expected lower-case hex, got ${quote(text)}`)
  const bytes = new Uint8Array(text.length / 2)
  Buffer.from(bytes.buffer).write(text, 'hex')
  return bytes
}

const MONEY_DIGITS = 16

function readCoin(text: string): SpentOutput {
  const colon = text.indexOf(':')
  if (colon < 1 || colon > MONEY_DIGITS || !/^\d+$/.test(text.slice(0, colon)))
    throw new LineError(`${quote(text)}: expected a coin, SATS:SCRIPT`)
  return {
    value: BigInt(text.slice(0, colon)),
    script: readHex('the script of a coin', text.slice(colon + 1)),
  }
}

/** Where the transaction can be read, it is known how many coins it spends. */
function requireCoins(request: {
  readonly transaction: Uint8Array
  readonly inputIndex: number
  readonly spentOutputs: readonly SpentOutput[]
}): void {
  const { transaction, inputIndex, spentOutputs } = request
  const count = parseTransaction(transaction)?.inputs.length ?? spentOutputs.length
  if (spentOutputs.length !== count)
    throw new LineError(`expected a coin for each of ${count} inputs, got ${spentOutputs.length}`)
  if (inputIndex >= count) throw new LineError(`input ${inputIndex}: expected one of ${count}`)
}

function requireEnd(rest: readonly string[]): void {
  if (rest.length > 0) throw new LineError(`${quote(rest[0]!)}: expected nothing more`)
}

const QUOTED_MAX = 40
const quote = (text: string) =>
  JSON.stringify(text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text)
