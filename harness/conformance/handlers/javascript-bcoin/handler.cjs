/** bcoin (https://github.com/bcoin-org/bcoin) behind touchstone-stdio/1. */
// Its addons do not build on today's Node.
process.env.NODE_BACKEND = 'js'
const { createInterface } = require('node:readline')
const { Block, Coin, Headers, Script, TX } = require('bcoin')

const { flags: BITS } = Script
const NO_FLAGS = new Set(['VERIFY_NONE', 'MANDATORY_VERIFY_FLAGS'])
const FLAGS = Object.keys(BITS)
  .filter((name) => name.startsWith('VERIFY_') && !NO_FLAGS.has(name))
  .map((name) => name.slice('VERIFY_'.length))
const KINDS = { header: Headers, block: Block, transaction: TX }
const bytes = (hex) => Buffer.from(hex, 'hex')

function read(kind, hex) {
  // A header of the message `headers` ends with the number of its transactions.
  const whole = kind === 'header' ? `${hex}00` : hex
  const item = KINDS[kind].fromRaw(bytes(whole))
  item.refresh()
  if (item.toRaw().toString('hex') !== whole) throw new Error('other bytes than its own')
  return item
}

function decode({ kind, bytes: hex }) {
  try {
    const item = read(kind, hex)
    return kind === 'transaction' ? { id: item.txid(), witnessId: item.wtxid() } : { id: item.rhash() }
  } catch (error) {
    return { invalid: error.message }
  }
}

function verifyScript({ transaction, input, spentOutputs, flags }) {
  const tx = read('transaction', transaction)
  const bits = flags.reduce((sum, name) => sum | BITS[`VERIFY_${name}`], 0)
  const { value, script } = spentOutputs[input]
  const coin = new Coin()
  coin.value = Number(value)
  coin.script = Script.fromRaw(bytes(script))
  tx.checkInput(input, coin, bits)
  return 'OK'
}

function signatureHash({ version, transaction, input, hashType, scriptCode, value = '0' }) {
  const tx = read('transaction', transaction)
  const number = version === 'legacy' ? 0 : 1
  return tx
    .signatureHash(input, Script.fromRaw(bytes(scriptCode)), Number(value), hashType, number)
    .toString('hex')
}

function checkTransaction({ transaction }) {
  const [isGood, reason] = read('transaction', transaction).checkSanity()
  return isGood ? 'ok' : reason
}

const OPS = { decode, verifyScript, signatureHash, checkTransaction }

function answer(ask) {
  if (ask.op === 'hello') return { name: 'bcoin', capabilities: Object.keys(OPS), flags: FLAGS }
  if (ask.op === 'bye') return { done: true }
  if (!Object.hasOwn(OPS, ask.op)) return { abstain: ask.op }
  if (ask.version === 'taproot') return { abstain: 'taproot' }
  try {
    return { value: OPS[ask.op](ask) }
  } catch (error) {
    const why = error.type === 'ScriptError' ? error.code : `threw ${error.message}`
    return ask.op === 'signatureHash' ? { abstain: why } : { value: why }
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line)
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`)
  if (request.op === 'bye') process.exit()
})
