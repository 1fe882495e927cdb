/** bitcore-lib (https://github.com/bitpay/bitcore) behind touchstone-stdio/1. */
const { createInterface } = require('node:readline')
const { Block, BlockHeader, Script, Transaction } = require('bitcore-lib')

const { Interpreter } = Script
const { Output } = Transaction
const BN = require('bitcore-lib/lib/crypto/bn')
const Signature = require('bitcore-lib/lib/crypto/signature')
const schnorr = require('bitcore-lib/lib/transaction/sighashschnorr')
const witness = require('bitcore-lib/lib/transaction/sighashwitness')

const PREFIX = 'SCRIPT_VERIFY_'
const FLAGS = Object.keys(Interpreter)
  .filter((name) => name.startsWith(PREFIX) && name !== 'SCRIPT_VERIFY_NONE')
  .map((name) => name.slice(PREFIX.length))
const KINDS = { header: BlockHeader, block: Block }
const bytes = (hex) => Buffer.from(hex, 'hex')

function read(kind, hex) {
  // Only its constructor reads witnesses.
  const item = kind === 'transaction' ? new Transaction(bytes(hex)) : KINDS[kind].fromBuffer(bytes(hex))
  const whole = kind === 'transaction' && !item.hasWitnesses() ? item.toBuffer(true) : item.toBuffer()
  if (whole.toString('hex') !== hex) throw new Error('other bytes than its own')
  return item
}

function decode({ kind, bytes: hex }) {
  try {
    const item = read(kind, hex)
    return kind === 'transaction' ? { id: item.id, witnessId: item.witnessHash } : { id: item.hash }
  } catch (error) {
    return { invalid: String(error.message ?? error) }
  }
}

function verifyScript({ transaction, input, spentOutputs, flags }) {
  const tx = read('transaction', transaction)
  for (const [index, { value, script }] of spentOutputs.entries())
    tx.inputs[index].output = new Output({
      satoshis: Number(value),
      script: Script.fromBuffer(bytes(script)),
    })
  const bits = flags.reduce((sum, name) => sum | Interpreter[PREFIX + name], 0)
  const { script, witnesses = [] } = tx.inputs[input]
  const [coin, engine] = [spentOutputs[input], new Interpreter()]
  const output = Script.fromBuffer(bytes(coin.script))
  const isGood = engine.verify(script, output, tx, input, bits, witnesses, Number(coin.value))
  return isGood ? 'OK' : engine.errstr || 'REFUSED'
}

function signatureHash({ version, transaction, input, hashType, scriptCode, value, spentOutputs }) {
  const tx = read('transaction', transaction)
  if (version === 'legacy') {
    const hash = Transaction.sighash.sighash(tx, hashType, input, Script.fromBuffer(bytes(scriptCode)))
    return Buffer.from(hash).reverse().toString('hex')
  }
  if (version === 'witness-v0') {
    const amount = new BN(value).toArrayLike(Buffer, 'le', 8)
    // A script code of its own is put together by the caller.
    const code = bytes(scriptCode)
    const counted = Buffer.concat([compactSize(code.length), code])
    return witness.sighash(tx, hashType, input, counted, amount).toString('hex')
  }
  for (const [index, coin] of spentOutputs.entries())
    tx.inputs[index].output = new Output({
      satoshis: Number(coin.value),
      script: Script.fromBuffer(bytes(coin.script)),
    })
  return schnorr
    .sighash(tx, hashType, input, Signature.Version.TAPROOT, { annexInit: true, annexPresent: false })
    .toString('hex')
}

function compactSize(count) {
  if (count < 0xfd) return Buffer.from([count])
  return Buffer.from([0xfd, count & 0xff, count >> 8])
}

function checkTransaction({ transaction }) {
  const said = read('transaction', transaction).verify()
  return said === true ? 'ok' : said
}

const OPS = { decode, verifyScript, signatureHash, checkTransaction }

function answer(ask) {
  if (ask.op === 'hello') return { name: 'bitcore-lib', capabilities: Object.keys(OPS), flags: FLAGS }
  if (ask.op === 'bye') return { done: true }
  if (!Object.hasOwn(OPS, ask.op)) return { abstain: ask.op }
  try {
    return { value: OPS[ask.op](ask) }
  } catch (error) {
    const why = `threw ${error.message ?? error}`
    return ask.op === 'signatureHash' ? { abstain: why } : { value: why }
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line)
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`)
  if (request.op === 'bye') process.exit()
})
