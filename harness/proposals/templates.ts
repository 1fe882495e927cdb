import { createHash } from 'node:crypto'
import { assemble, encodePush, fromHex, inTapscript, type SpendExample, toHex } from '../../spec/index.ts'

/** A way in which people hold coins, and a spend of it that today's rules allow. */
export interface SpendTemplate {
  readonly name: string
  readonly spend: SpendExample
  /** Whether nodes pass it on and miners take it without being asked: what makes it, and what spends it. [Core policy/policy.cpp IsStandardTx, IsWitnessStandard] */
  readonly isRelayed?: boolean
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const hash160 = (bytes: Uint8Array) => createHash('ripemd160').update(sha256(bytes)).digest()

/** A script behind its hash: the spend pushes it last. */
function inScriptHash(script: Uint8Array, pushes: string): SpendExample {
  return {
    script: `a914${toHex(hash160(script))}87`,
    scriptSig: toHex(assemble(pushes)) + toHex(encodePush(script)),
  }
}

function inWitnessScript(script: Uint8Array, items: readonly string[]): SpendExample {
  return { script: `0020${toHex(sha256(script))}`, witness: [...items, toHex(script)] }
}

/** An HTLC's shape without its keys: a preimage now, or a lock time later. */
const CONTRACT = `IF SHA256 <${toHex(sha256(fromHex('aa')))}> EQUAL ELSE 100 CHECKSEQUENCEVERIFY DROP 1 ENDIF`
const LONG = '42'.repeat(400)

/** Pushes of 520 bytes, as inscriptions have them. */
function envelope(pushes: number): Uint8Array {
  return assemble(`0 IF ${`<${'00'.repeat(520)}> `.repeat(pushes)}ENDIF 1`)
}

/**
 * Shapes of spends, keys left out where a signature adds nothing to the question. A later reader adds a shape by
 * adding a line. [BIP16, BIP68, BIP112, BIP141, BIP341, BOLT3]
 */
export const SPEND_TEMPLATES: readonly SpendTemplate[] = [
  { name: 'bare script', spend: { script: '51' } },
  { name: 'bare multisig of no keys', spend: { script: '000000ae', scriptSig: '00' } },
  { name: 'bare script of 10,000 bytes', spend: { script: `${'61'.repeat(200)}${'51'.repeat(700)}` } },
  { name: 'script hash', isRelayed: true, spend: inScriptHash(assemble('1'), '') },
  {
    name: 'script hash of a contract, preimage',
    isRelayed: true,
    spend: inScriptHash(assemble(CONTRACT), '<aa> 1'),
  },
  {
    name: 'script hash of a contract, lock time',
    isRelayed: true,
    spend: { ...inScriptHash(assemble(CONTRACT), '0'), sequence: 100 },
  },
  {
    name: 'script hash with a redeem script of 500 bytes',
    isRelayed: true,
    spend: inScriptHash(assemble(`<${LONG}> DROP 1`), ''),
  },
  {
    name: 'script hash with a push of 400 bytes',
    isRelayed: true,
    spend: inScriptHash(assemble('DROP 1'), `<${LONG}>`),
  },
  { name: 'witness script', isRelayed: true, spend: inWitnessScript(assemble('1'), []) },
  {
    name: 'witness script of a contract, preimage',
    isRelayed: true,
    spend: inWitnessScript(assemble(CONTRACT), ['aa', '01']),
  },
  {
    name: 'witness script of a contract, lock time',
    isRelayed: true,
    spend: { ...inWitnessScript(assemble(CONTRACT), ['']), sequence: 100 },
  },
  { name: 'witness script with an item of 400 bytes', spend: inWitnessScript(assemble('DROP 1'), [LONG]) },
  { name: 'witness script with an envelope', isRelayed: true, spend: inWitnessScript(envelope(3), []) },
  { name: 'tapscript', isRelayed: true, spend: inTapscript(assemble('1')) },
  {
    name: 'tapscript of a contract, preimage',
    isRelayed: true,
    spend: inTapscript(assemble(CONTRACT), [fromHex('aa'), fromHex('01')]),
  },
  { name: 'tapscript with an item of 400 bytes', spend: inTapscript(assemble('DROP 1'), [fromHex(LONG)]) },
  { name: 'tapscript with an envelope', isRelayed: true, spend: inTapscript(envelope(3)) },
  { name: 'tapscript with an opcode kept for upgrades', spend: inTapscript(assemble('0xfe')) },
  { name: 'tapscript, with an annex', spend: withAnnex(inTapscript(assemble('1'))) },
  { name: 'leaf of a version kept for upgrades', spend: inTapscript(assemble('1'), [], 0xc2) },
  { name: 'pay to anchor', isRelayed: true, spend: { script: '51024e73' } },
  { name: 'pay to anchor, with a witness', spend: { script: '51024e73', witness: ['00'] } },
  { name: 'witness version 2, 32 bytes', spend: { script: `5220${'11'.repeat(32)}`, witness: ['00'] } },
  { name: 'witness version 16', spend: { script: `6002${'11'.repeat(2)}` } },
]

function withAnnex(spend: SpendExample): SpendExample {
  return { ...spend, witness: [...(spend.witness ?? []), '5000'] }
}
