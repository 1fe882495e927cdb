/** bitcoinjs-lib (https://github.com/bitcoinjs/bitcoinjs-lib) behind touchstone-stdio/1: it has no script engine. */
const { createInterface } = require('node:readline')
const { Block, Transaction } = require('bitcoinjs-lib')

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (data) => Buffer.from(data).toString('hex')
const HEADER_BYTES = 80

function decode({ kind, bytes: given }) {
  try {
    const item = kind === 'transaction' ? Transaction.fromHex(given) : Block.fromHex(given)
    // Its blocks may be headers alone.
    const isHeader = given.length === 2 * HEADER_BYTES
    const transactions = kind === 'transaction' ? [item] : (item.transactions ?? [])
    if ((kind === 'header') !== isHeader) return { invalid: `no ${kind}` }
    if (transactions.some(({ ins }) => ins.length === 0)) return undefined
    if (hex(item.toBuffer()) !== given) return { invalid: 'other bytes than its own' }
    // Of a coinbase it has no witness id but the zeros that BIP141's tree of hashes has in its place.
    if (kind !== 'transaction' || item.isCoinbase()) return { id: item.getId() }
    return { id: item.getId(), witnessId: hex(item.getHash(true).reverse()) }
  } catch (error) {
    return { invalid: error.message }
  }
}

function signatureHash({ version, transaction, input, hashType, scriptCode, value, spentOutputs }) {
  const tx = Transaction.fromHex(transaction)
  if (version === 'legacy') return hex(tx.hashForSignature(input, bytes(scriptCode), hashType))
  if (version === 'witness-v0')
    return hex(tx.hashForWitnessV0(input, bytes(scriptCode), BigInt(value), hashType))
  const scripts = spentOutputs.map((coin) => bytes(coin.script))
  const values = spentOutputs.map((coin) => BigInt(coin.value))
  return hex(tx.hashForWitnessV1(input, scripts, values, hashType))
}

const OPS = { decode, signatureHash }

function answer(ask) {
  if (ask.op === 'hello') return { name: 'bitcoinjs-lib', capabilities: Object.keys(OPS) }
  if (ask.op === 'bye') return { done: true }
  if (!Object.hasOwn(OPS, ask.op)) return { abstain: ask.op }
  try {
    const value = OPS[ask.op](ask)
    return value === undefined ? { abstain: 'what lacks inputs it reads as a PSBT has it' } : { value }
  } catch (error) {
    return { abstain: `threw ${error.message.split('\n')[0]}` }
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line)
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`)
  if (request.op === 'bye') process.exit()
})
