import type { CompiledBlock } from '../../scenario/index.ts'
import { compactSize, parseTransaction, strippedBytes } from '../../wire/index.ts'
import { around, pick } from '../choices.ts'
import { makePair } from '../pairs.ts'
import { type Fault, withOutput } from './fault.ts'

const ITEM_BYTES_MAX = 520
/** Blocks that weigh more take long to make. */
const WEIGHT_MAX = 100_000
/** Operations of a script that are counted whether they are run or not. [Core MAX_OPS_PER_SCRIPT] */
const OPERATIONS_MAX = 201
const MULTISIG_COST = 20

/** What fills a block up to its limits. */
export const LOAD_FAULTS: readonly Fault[] = [
  function countsSigops({ draft, honest, choice }) {
    const allowed = Math.floor(draft.chain.limits.maxBlockSigopsCost / 4)
    const edge = around(choice >> 1)
    const raw =
      choice % 2 === 0
        ? 'ac'.repeat(allowed + edge)
        : `${'ae'.repeat(Math.floor(allowed / MULTISIG_COST))}${'ac'.repeat(Math.max(0, (allowed % MULTISIG_COST) + edge))}`
    return { faulty: withOutput({ ...honest, transactions: [] }, raw) }
  },
  /** Operations behind a witness hash cost one apiece, behind a script hash four. */
  function hidesSigops({ draft, parent, honest, choice }) {
    const [wrap, scale] = choice % 2 === 0 ? (['p2wsh', 1] as const) : (['p2sh', 4] as const)
    const wanted = draft.chain.limits.maxBlockSigopsCost + scale * around(choice >> 1)
    const hidden = Math.min(Math.floor(wanted / scale), (OPERATIONS_MAX - 30) * MULTISIG_COST)
    const shown = Math.floor((wanted - hidden * scale) / 4)
    const rest = wanted - hidden * scale - shown * 4
    const operations = hidden + Math.floor(rest / scale)
    const script = sigopScript(operations, pick([undefined, 16, 1], choice >> 3))
    const pair = makePair(draft, parent, { lock: { script, wrap } })
    if (pair === undefined) return undefined
    return { faulty: { ...withOutput(honest, 'ac'.repeat(shown)), transactions: pair } }
  },
  /** What pays to a key's witness hash costs one. */
  function costsOneMore({ draft, parent, honest, choice }) {
    const pair = makePair(draft, parent, {
      lock: { key: 'bob', type: pick(['p2wpkh', 'p2sh-p2wpkh'], choice) },
    })
    if (pair === undefined) return undefined
    const shown = Math.floor(draft.chain.limits.maxBlockSigopsCost / 4) - Number(choice % 3 === 0)
    return { faulty: { ...withOutput(honest, 'ac'.repeat(shown)), transactions: pair } }
  },
  function measuresMuch({ draft, honest, choice }) {
    const room = Math.floor(draft.chain.limits.maxBlockWeight / 4)
    if (room * 4 > WEIGHT_MAX) return undefined
    const bare = { ...honest, transactions: [] }
    // Any script of this size has a length of three bytes.
    const filler = room - draft.probe(withOutput(bare, '00'.repeat(300))).bytes.length + 300
    return { faulty: withOutput(bare, '00'.repeat(Math.max(0, filler + around(choice)))) }
  },
  function weighsMuch({ draft, parent, honest, choice }) {
    const { maxBlockWeight } = draft.chain.limits
    if (maxBlockWeight > WEIGHT_MAX) return undefined
    const carrying = (lengths: readonly number[]) => {
      const pair = makePair(draft, parent, {
        lock: { script: `${'DROP '.repeat(lengths.length)}1`, wrap: 'p2wsh' },
        unlock: { script: lengths.map((length) => `<0x${'ab'.repeat(length)}>`).join(' ') },
      })
      return pair && { ...honest, transactions: pair }
    }
    // One item to measure with; all items have the same two bytes before them.
    const items = Math.ceil(maxBlockWeight / ITEM_BYTES_MAX)
    const lengths = Array.from({ length: items }, () => 253)
    const light = carrying(lengths)
    if (light === undefined) return undefined
    let missing = maxBlockWeight - weightOf(draft.probe(light)) + around(choice)
    const filled = lengths.map((length) => {
      const more = Math.max(253 - ITEM_BYTES_MAX, Math.min(missing, ITEM_BYTES_MAX - 253))
      missing -= more
      return length + more
    })
    const faulty = carrying(filled.map((length) => Math.max(length, 253)))
    return faulty && { faulty }
  },
]

/** A script that holds so many signature operations and runs none of them; one of them may tell its number of keys. */
function sigopScript(operations: number, told: number | undefined): string {
  const left = operations - (told ?? 0)
  const multisigs = Math.floor(left / MULTISIG_COST)
  const counted = told === undefined ? '' : `${told} CHECKMULTISIG `
  // Whatever stands before the next operation tells nothing of its keys.
  const rest = `${'CHECKMULTISIG '.repeat(multisigs)}${'CHECKSIG '.repeat(left % MULTISIG_COST)}`
  return `0 IF ${rest}${counted}ENDIF 1`
}

/** Four for each byte, one for each byte of a witness. [BIP141] */
function weightOf({ coinbase, transactions }: CompiledBlock): number {
  const all = [coinbase, ...transactions]
  const bare = 80 + compactSize(all.length).length
  return all.reduce((sum, { bytes }) => {
    const raw = parseTransaction(bytes)
    return raw === undefined ? sum : sum + 3 * strippedBytes(raw).length + bytes.length
  }, 4 * bare)
}
