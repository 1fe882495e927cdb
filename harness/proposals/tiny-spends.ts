import { createHash } from 'node:crypto'
import { assemble, inTapscript, type SpendExample, toHex } from '../../spec/index.ts'
import type { Change } from './in-force.ts'
import { type SpendSearch, trySpends } from './search-spends.ts'
import { codeOfSlot } from './spends.ts'

/** All scripts of up to so many words in every home, and all small witness programs: the shortest first. */
export function searchTinySpends(change: Change, words: number): SpendSearch {
  return trySpends(change, tinySpends(change, words))
}

const WORDS = ['0', '1', 'DUP', 'DROP', 'NOT', 'VERIFY']
/** Where a draft claims no opcode: what is kept for upgrades. */
const KEPT = ['NOP10', '0xfe']
/** Each claimed opcode makes the alphabet longer; more than these are left to chance. */
const OWN_MAX = 3

function* tinySpends({ subject }: Change, words: number): Generator<SpendExample> {
  const opcodes = subject.extension?.opcodes ?? []
  const own = [...new Set(opcodes.map(({ slot }) => `0x${codeOfSlot(slot).toString(16)}`))].slice(0, OWN_MAX)
  const alphabet = [...(own.length === 0 ? KEPT : own), ...WORDS]
  yield* tinyPrograms()
  for (const phrase of phrasesOf(alphabet, words)) {
    const script = assemble(phrase)
    yield { script: toHex(script) }
    yield { script: `0020${createHash('sha256').update(script).digest('hex')}`, witness: [toHex(script)] }
    yield inTapscript(script)
  }
}

/** Every phrase of one word, then of two, and so on. */
function* phrasesOf(alphabet: readonly string[], words: number): Generator<string> {
  let last: readonly string[] = ['']
  for (let length = 1; length <= words; length++) {
    last = last.flatMap((phrase) => alphabet.map((word) => `${phrase} ${word}`.trim()))
    yield* last
  }
}

const PROGRAM_BYTES = [2, 20, 32, 33, 40]
const WITNESSES: readonly (readonly string[])[] = [[], [''], ['51'], ['', '51'], ['51', '51'], ['51', 'c1']]

function* tinyPrograms(): Generator<SpendExample> {
  for (let version = 0; version <= 16; version++)
    for (const bytes of PROGRAM_BYTES)
      for (const witness of WITNESSES) {
        const opcode = version === 0 ? 0 : 0x50 + version
        yield { script: toHex(Uint8Array.of(opcode, bytes, ...new Uint8Array(bytes).fill(1))), witness }
      }
}
