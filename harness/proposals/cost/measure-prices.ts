import { secp256k1 } from '@noble/curves/secp256k1.js'
import { assemble, encodeTransaction, spenderOf, toHex } from '../../../spec/index.ts'
import type { Engine } from '../../ports/index.ts'
import type { Work } from './work.ts'

/** Milliseconds, from any start. */
export type Clock = () => number

const SECRET = new Uint8Array(32).fill(9)
const KEY = toHex(secp256k1.getPublicKey(SECRET))
const SIGNATURE = `${toHex(
  secp256k1.sign(new Uint8Array(32).fill(1), SECRET, { prehash: false, format: 'der' }),
)}01`
const LONG = '5a'.repeat(520)
const [TIMES, ROUNDS] = [60, 30]

/** What an engine needs for one more of each kind of work: the same script with it and without, in nanoseconds. */
export function measurePrices(scripts: NonNullable<Engine['scripts']>, now: Clock): Work {
  const checks = difference(`<${SIGNATURE}> <${KEY}>`, '2DUP CHECKSIG DROP', '2DUP EQUAL DROP')
  const hashes = difference(`<${LONG}>`, 'DUP SHA256 DROP', 'DUP SIZE 2DROP')
  const items = difference(`<${LONG}>`, 'DUP DROP', 'NOP NOP')
  const instructions = difference('1', 'NOP NOP', '')
  const instruction = instructions / 2
  return {
    signatures: checks,
    hashedBytes: hashes / 520,
    stackBytes: Math.max(0, items) / 520,
    instructions: instruction,
  }

  function difference(start: string, body: string, without: string): number {
    const [withIt, plain] = [body, without].map((words) =>
      timeOf(`${start} ${`${words} `.repeat(TIMES)} DROP 1`),
    )
    return Math.max(0, withIt! - plain!) / TIMES
  }

  /** The fastest of some rounds, which disturbances of the machine have not made slower. */
  function timeOf(words: string): number {
    const transaction = encodeTransaction(spenderOf({}))
    const request = {
      transaction,
      inputIndex: 0,
      spentOutputs: [{ value: 0n, script: assemble(words) }],
      flags: ['P2SH', 'DERSIG'],
    }
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const from = now()
      const error = scripts.verifyScript(request)
      best = Math.min(best, now() - from)
      if (error !== 'OK') throw new Error(`the measured script is not valid: ${String(error)}`)
    }
    return best * 1e6
  }
}
