import { facetOf } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { requireBytes } from '../content.ts'
import {
  COMMENT,
  compare,
  tableOf,
  type VectorCase,
  type VectorFormat,
  type VectorVerdict,
} from '../format.ts'
import { assemble, push } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'

/** Core's former sig_canonical.json: signatures in hex, hash type included, each as it should be. */
export const canonicalSignaturesFormat: VectorFormat = {
  name: 'canonical signatures',
  detects: ({ json }) => isListOfTexts(json) && json[0] !== IGNORED && json.some(isSignature),
  read: ({ json }) =>
    tableOf(json as readonly string[], (text, index) => {
      if (!isSignature(text)) throw new Error(`expected a signature in hex, got ${text.slice(0, 40)}`)
      return signatureCase(text, `signature ${index}`, ['OK'])
    }),
}

const IGNORED = 'non-hex strings are ignored'

/** Core's former sig_noncanonical.json: signatures in hex, hash type included, each wrong in its own way; texts that end in a colon say how. */
export const nonCanonicalSignaturesFormat: VectorFormat = {
  name: 'non-canonical signatures',
  detects: ({ json }) => isListOfTexts(json) && json[0] === IGNORED,
  read({ json }) {
    const texts = json as readonly string[]
    return tableOf(texts, (text, index) => {
      if (text === IGNORED || text.endsWith(':')) return COMMENT
      if (!isSignature(text))
        throw new Error(
          `expected a signature in hex or a text that ends in a colon, got ${text.slice(0, 40)}`,
        )
      const label = texts[index - 1]!
      const id = `signature ${index}${isSignature(label) ? '' : ` ${label}`}`
      return signatureCase(text, id, ['SIG_DER', 'SIG_HASHTYPE'])
    })
  },
}

function signatureCase(text: string, id: string, expected: readonly string[]): VectorCase {
  return { id, run: (engine) => judge(engine, requireBytes(text), expected) }
}

/** A key that has not made the signature: a script that ends in NOT succeeds unless the encoding fails it. */
const NOT_SIGNED = assemble(
  '0x21 0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798 CHECKSIG NOT',
)

function judge(engine: Engine, signature: Uint8Array, expected: readonly string[]): VectorVerdict {
  const spend = creditAndSpend(push(signature), NOT_SIGNED)
  const error = facetOf(engine, 'scripts').verifyScript({ ...spend, flags: ['STRICTENC'] })
  if (!expected.includes(error)) return compare(error, expected.join(' or '))
  return compare(String(facetOf(engine, 'scripts').isStrictDer(signature)), String(error !== 'SIG_DER'))
}

function isListOfTexts(json: unknown): json is readonly string[] {
  return Array.isArray(json) && json.length > 0 && json.every((item) => typeof item === 'string')
}

function isSignature(text: string): boolean {
  return /^3[0-9a-fA-F]+$/.test(text) && text.length % 2 === 0
}
