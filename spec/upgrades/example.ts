import { concatBytes } from '@noble/hashes/utils.js'
import type { Limits } from '../chains/index.ts'
import { fromHex, toHex } from '../encoding/index.ts'
import type { Rule } from '../language/index.ts'
import type { ScriptErrorName } from '../script/index.ts'
import { encodePush, tapLeafHash, taprootOutputKey } from '../script/index.ts'
import type { Block, Output, Sats, Transaction } from '../vocabulary/index.ts'
import { hash, NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'
import type { Draw } from './draw.ts'
import { drawBytes } from './draw.ts'

/** What an upgrade leaves alone and what it forbids, chosen by hand and at random. */
export interface Examples {
  readonly accepts: readonly Example[]
  readonly rejects: readonly RejectedExample[]
  /** One of each at random, so that random search reaches the upgrade from both sides. */
  readonly generator: (draw: Draw) => { readonly accepts: Example; readonly rejects: RejectedExample }
}

/** A spend where the script machine learns something, a subject where a rule is added. */
export type Example = SpendExample | RuleExample

/** What the upgrade forbids. It is valid while only earlier upgrades are in force: a soft fork allows nothing new. */
export type RejectedExample = RejectedSpend | RuleExample

/** The only input of the transaction that `spenderOf` makes, and the script that it spends; bytes in hex. */
export interface SpendExample {
  readonly script: string
  readonly scriptSig?: string
  readonly witness?: readonly string[]
  readonly sequence?: number
  readonly lockTime?: number
}

/** A spend that the upgrade forbids, and what the script machine says of it then. */
export interface RejectedSpend extends SpendExample {
  readonly error: ScriptErrorName
}

/** Something that one of the upgrade's rules is asked about, with the main chain's limits. */
export interface RuleExample {
  // biome-ignore lint/suspicious/noExplicitAny: `about` has seen to it that the rule fits its subject
  readonly rule: Rule<any, Limits>
  readonly subject: unknown
}

/** An example of what a rule is asked about. */
export function about<Subject>(rule: Rule<Subject, Limits>, subject: Subject): RuleExample {
  return { rule, subject }
}

/** The transaction of an example: version 2, one input, one output of nothing to OP_1. */
export function spenderOf(example: Omit<SpendExample, 'script'>): Transaction {
  const { scriptSig = '', witness = [], sequence = 0, lockTime = 0 } = example
  const outpoint = { txid: hash('11'.repeat(32)), index: 0 }
  return {
    version: 2,
    inputs: [{ outpoint, scriptSig: fromHex(scriptSig), sequence, witness: witness.map(fromHex) }],
    outputs: [{ value: sats(0), script: Uint8Array.of(0x51) }],
    lockTime,
  }
}

/** A block of nothing but a coinbase, for rules that look no further. */
export function blockOf(scriptSig: Uint8Array, value: Sats, version = 1): Block {
  const { inputs, outputs, ...rest } = spenderOf({})
  const outpoint = { txid: NULL_HASH, index: NULL_INDEX }
  const coinbase = {
    ...rest,
    inputs: [{ ...inputs[0]!, outpoint, scriptSig }],
    outputs: [{ ...outputs[0]!, value }],
  }
  const header = { version, previous: NULL_HASH, merkleRoot: NULL_HASH, time: 0, bits: 0, nonce: 0 }
  return { header, transactions: [coinbase] }
}

/** A spend of the one leaf of a script tree, by the items before it; the leaf's version is tapscript's by default. */
export function inTapscript(
  script: Uint8Array,
  items: readonly Uint8Array[] = [],
  version: number = TAPSCRIPT,
): { readonly script: string; readonly witness: readonly string[] } {
  const { key, isOdd } = taprootOutputKey(EXAMPLE_KEY, tapLeafHash(version, script))!
  const control = concatBytes(Uint8Array.of(version + Number(isOdd)), EXAMPLE_KEY)
  return { script: `5120${toHex(key)}`, witness: [...items, script, control].map(toHex) }
}

/** The curve's generator: the internal key of examples. */
const EXAMPLE_KEY = fromHex('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798')
const TAPSCRIPT = 0xc0

/** The output that an example spends. */
export function spentBy({ script }: SpendExample): Output {
  return { value: sats(0), script: fromHex(script) }
}

const OP_DROP = 0x75
const OP_1 = 0x51

/** A script that needs nothing and leaves a number from 1 to 16, or one that is false. */
export function drawScript(draw: Draw, isTrue = true): Uint8Array {
  const dropped = encodePush(drawBytes(draw, 1, 40))
  return concatBytes(dropped, Uint8Array.of(OP_DROP, isTrue ? OP_1 + draw(16) : 0))
}
