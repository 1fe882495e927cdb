import { createHash } from 'node:crypto'
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import {
  assemble,
  fromHex,
  inTapscript,
  type Output,
  type SpendExample,
  spenderOf,
  spentBy,
  type Transaction,
  tapLeafHash,
  taprootSignatureHash,
  toHex,
  type Upgrade,
} from '../../../spec/index.ts'
import { drawsFrom } from '../draws.ts'
import { codeOfSlot } from '../spends.ts'

/** A transaction of some inputs that all do the same, and what they spend. */
export interface Spend {
  readonly transaction: Transaction
  readonly spentOutputs: readonly Output[]
}

/** A way to make a node work: a body that runs some times in each of some inputs. */
export interface Candidate {
  readonly name: string
  /** Times that the body may run in one input, the most first. */
  readonly times: readonly number[]
  /** Whether one transaction may have more than one such input. */
  readonly isManifold: boolean
  spend(inputs: number, times: number): Spend
}

const SECRET = new Uint8Array(32).fill(7)
const KEY = toHex(schnorr.getPublicKey(SECRET))
const ECDSA_KEY = toHex(secp256k1.getPublicKey(SECRET))
/** A signature of something else: it is read, hashed for and verified, and is no more than false. */
const ECDSA_SIGNATURE = `${toHex(
  secp256k1.sign(new Uint8Array(32).fill(1), SECRET, { prehash: false, format: 'der' }),
)}01`
const LONG = '5a'.repeat(520)
/** Operations of a script end at 201: what a body of one to three of them allows, and less. */
const TIMES = [66, 20, 4, 1]
const WORDS = ['DUP', '2DUP', 'DROP', '2DROP', 'SHA256']
const ECDSA = `<${ECDSA_SIGNATURE}> <${ECDSA_KEY}>`
const KEYS = `<${ECDSA_KEY}> `.repeat(20)

/** What nodes are known to be slow at, today, and how often 201 operations allow it. */
const KNOWN_BODIES: readonly (readonly [start: string, body: string, end: string, times: number])[] = [
  [ECDSA, '2DUP CHECKSIG DROP', '2DROP 1', 66],
  [ECDSA, '2DUP CHECKSIG DROP CODESEPARATOR', '2DROP 1', 50],
  ['', `0 <${ECDSA_SIGNATURE}> 1 ${KEYS} 20 CHECKMULTISIG DROP`, '1', 9],
  [`<${LONG}>`, 'DUP HASH256 DROP', 'DROP 1', 66],
  [`<${LONG}>`, 'DUP DUP 2DROP', 'DROP 1', 66],
]

/** Known ways, phrases around the opcodes that a draft brings, and its own examples. */
export function* candidatesFor(draft: Upgrade, seed: number): Generator<Candidate> {
  yield* KNOWN
  const { opcodes = [] } = draft.extension ?? {}
  for (const slot of new Set(opcodes.map((opcode) => opcode.slot))) {
    const own = `0x${codeOfSlot(slot).toString(16)}`
    const homes = slot.startsWith('NOP') ? (['bare', 'tapscript'] as const) : (['tapscript'] as const)
    for (const body of phrasesWith(own))
      for (const home of homes)
        yield phrase(home, `<${LONG}> <${LONG}> <${LONG.slice(0, 520)}>`, body, '2DROP DROP 1')
  }
  yield* examplesOf(draft, seed)
}

function* phrasesWith(own: string): Generator<string> {
  let phrases: readonly string[] = ['']
  for (let length = 1; length <= 4; length++) {
    phrases = phrases.flatMap((start) => [...WORDS, own].map((word) => `${start} ${word}`.trim()))
    yield* phrases.filter((words) => words.split(' ').includes(own))
  }
}

/** Transactions of more inputs are only weighed: their signatures may be of zeros. */
const SIGNED_MAX = 3

type Home = 'bare' | 'witness script' | 'tapscript'

/** What is tried for every draft. */
export const KNOWN: readonly Candidate[] = [
  ...KNOWN_BODIES.flatMap(([start, body, end, times]) =>
    (['bare', 'witness script'] as const).map((home) => phrase(home, start, body, end, [times])),
  ),
  phrase('tapscript', '', '2DUP CHECKSIGVERIFY', '2DROP 1', [50], true),
  phrase('tapscript', `<${LONG}>`, 'DUP HASH256 DROP', 'DROP 1', [66]),
]

function phrase(
  home: Home,
  start: string,
  body: string,
  end: string,
  times: readonly number[] = TIMES,
  isSigned = false,
): Candidate {
  const short = body.replaceAll(LONG, '…').replaceAll(KEYS, '20 keys ').replaceAll(ECDSA_SIGNATURE, 'sig')
  return {
    name: `${home}: ${short}`,
    times,
    isManifold: true,
    spend: (inputs, count) =>
      manifold(home, assemble(`${start} ${`${body} `.repeat(count)} ${end}`), inputs, isSigned),
  }
}

function manifold(home: Home, script: Uint8Array, inputs: number, isSigned: boolean): Spend {
  const items = isSigned ? [new Uint8Array(64), fromHex(KEY)] : []
  const example = inHome(home, script, items)
  const plain = spenderOf(example)
  const [input] = plain.inputs
  const transaction = {
    ...plain,
    inputs: Array.from({ length: inputs }, (_, index) => ({
      ...input!,
      outpoint: { ...input!.outpoint, index },
    })),
  }
  const spentOutputs = Array.from({ length: inputs }, () => spentBy(example))
  if (!isSigned || inputs > SIGNED_MAX) return { transaction, spentOutputs }
  const tapscript = { leafHash: tapLeafHash(0xc0, script), codeSeparatorPosition: 0xffffffff, keyVersion: 0 }
  const signed = transaction.inputs.map((unsigned, inputIndex) => {
    const hash = taprootSignatureHash({
      transaction,
      inputIndex,
      spentOutputs,
      hashType: 0,
      annexHash: undefined,
      tapscript,
    })
    const signature = schnorr.sign(hash!, SECRET, new Uint8Array(32))
    return { ...unsigned, witness: [signature, ...unsigned.witness.slice(1)] }
  })
  return { transaction: { ...transaction, inputs: signed }, spentOutputs }
}

function inHome(home: Home, script: Uint8Array, items: readonly Uint8Array[]): SpendExample {
  if (home === 'bare') return { script: toHex(script) }
  if (home === 'tapscript') return inTapscript(script, items)
  return { script: `0020${createHash('sha256').update(script).digest('hex')}`, witness: [toHex(script)] }
}

/** Each example by itself, and its script over and over on copies of its items. */
function* examplesOf(draft: Upgrade, seed: number): Generator<Candidate> {
  const { accepts = [], generator } = draft.examples ?? {}
  const drawn = generator === undefined ? [] : [...drawsFrom(seed, 20)].map((draw) => generator(draw).accepts)
  for (const [index, example] of [...accepts, ...drawn].entries()) {
    if ('rule' in example) continue
    const name = `${draft.id}, allowed example ${index + 1}`
    yield once(name, example)
    const [script, ...items] = (example.witness ?? []).slice(0, -1).reverse()
    if (example.script.startsWith('5120') && script !== undefined && items.length <= 3)
      yield repeated(name, 'tapscript', script, items.reverse(), example)
    else if (example.witness === undefined) yield repeated(name, 'bare', example.script, [], example)
  }
}

function once(name: string, example: SpendExample): Candidate {
  return {
    name,
    times: [1],
    isManifold: false,
    spend: () => ({ transaction: spenderOf(example), spentOutputs: [spentBy(example)] }),
  }
}

const COPY = ['', 'DUP', '2DUP', '3DUP']

function repeated(
  name: string,
  home: Home,
  script: string,
  items: readonly string[],
  example: SpendExample,
): Candidate {
  const body = toHex(assemble(COPY[items.length]!)) + script + toHex(assemble('DROP'))
  const end = toHex(assemble(`${'DROP '.repeat(items.length)} 1`))
  return {
    name: `${name}, over and over`,
    times: TIMES,
    isManifold: false,
    spend: (_, times) => {
      const spend = { ...example, ...inHome(home, fromHex(body.repeat(times) + end), items.map(fromHex)) }
      return { transaction: spenderOf(spend), spentOutputs: [spentBy(spend)] }
    },
  }
}
