/** @scure/btc-signer (https://github.com/paulmillr/scure-btc-signer) behind touchstone-stdio/1: it has no script engine. */
const { createInterface } = require('node:readline')

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (data) => Buffer.from(data).toString('hex')
/** What it would otherwise refuse as unusual. */
const LAX = {
  allowUnknownInputs: true,
  allowUnknownOutputs: true,
  allowUnknownVersion: true,
  allowLegacyWitnessUtxo: true,
  disableScriptCheck: true,
}

function decode(Transaction, { bytes: given }) {
  try {
    const item = Transaction.fromRaw(bytes(given), LAX)
    if (item.inputsLength === 0) return undefined
    if (item.hex !== given) return { invalid: 'other bytes than its own' }
    return { id: item.id }
  } catch (error) {
    return { invalid: error.message }
  }
}

function signatureHash(
  Transaction,
  { version, transaction, input, hashType, scriptCode, value, spentOutputs },
) {
  const tx = Transaction.fromRaw(bytes(transaction), LAX)
  if (version === 'legacy') return hex(tx.preimageLegacy(input, bytes(scriptCode), hashType))
  if (version === 'witness-v0')
    return hex(tx.preimageWitnessV0(input, bytes(scriptCode), hashType, BigInt(value)))
  const scripts = spentOutputs.map((coin) => bytes(coin.script))
  const values = spentOutputs.map((coin) => BigInt(coin.value))
  return hex(tx.preimageWitnessV1(input, scripts, hashType, values))
}

const OPS = { decode, signatureHash }

function answer(Transaction, ask) {
  if (ask.op === 'hello') return { name: '@scure/btc-signer', capabilities: Object.keys(OPS) }
  if (ask.op === 'bye') return { done: true }
  if (!Object.hasOwn(OPS, ask.op)) return { abstain: ask.op }
  if (ask.op === 'decode' && ask.kind !== 'transaction') return { abstain: `it reads no ${ask.kind}` }
  try {
    const value = OPS[ask.op](Transaction, ask)
    return value === undefined ? { abstain: 'what lacks inputs it reads as a PSBT has it' } : { value }
  } catch (error) {
    return { abstain: `threw ${error.message.split('\n')[0]}` }
  }
}

import('@scure/btc-signer').then(({ Transaction }) => {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const request = JSON.parse(line)
    process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(Transaction, request) })}\n`)
    if (request.op === 'bye') process.exit()
  })
})
