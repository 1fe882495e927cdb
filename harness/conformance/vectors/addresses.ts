import { z } from 'zod'
import type { Engine } from '../../ports/index.ts'
import { bytesToHex } from '../../wire/index.ts'
import { isHex, isText, requireBytes, requireShape, rowsOf } from './content.ts'
import { compare, tableOf, type VectorCase, type VectorFormat, type VectorVerdict } from './format.ts'

/** Rows `[hex, text]`. [Core base58_encode_decode.json] */
const base58Format: VectorFormat = {
  name: 'base58',
  detects: ({ json }) => {
    const rows = rowsOf(json)
    const isRow = (row: readonly unknown[]) => row.length === 2 && row.every(isText) && isHex(row[0])
    return rows.length > 0 && rows.filter(isRow).length * 2 > rows.length
  },
  read: ({ json }) =>
    tableOf(rowsOf(json), ([hex, text, ...more]) => {
      if (!isHex(hex) || !isText(text) || more.length > 0) throw new Error('expected [hex, text in base58]')
      return {
        id: `base58 of ${hex}`,
        run: (engine) => {
          const { encodeBase58, decodeBase58 } = requireAddresses(engine)
          return firstFailure(
            () => compare(encodeBase58(requireBytes(hex)), text),
            () => compare(answerOf(decodeBase58(text)), hex.toLowerCase()),
          )
        },
      }
    }),
}

const aboutSchema = z.strictObject({
  chain: z.enum(['main', 'test', 'testnet4', 'signet', 'regtest']),
  isPrivkey: z.boolean(),
  isCompressed: z.boolean().optional(),
  /** The same text in the other case is as good. */
  tryCaseFlip: z.boolean().optional(),
})

type AddressRow = readonly [text: string, hex: string, about: z.infer<typeof aboutSchema>]

/** Rows `[text, hex of the script or secret, about]` of what is valid, or `[text]` of what is not. [Core key_io_*.json] */
const addressFormat: VectorFormat = {
  name: 'addresses',
  detects: ({ json }) => {
    const rows = rowsOf(json)
    const isRow = (row: readonly unknown[]) => isRefused(row) || (row.length === 3 && isAbout(row[2]))
    return rows.length > 0 && rows.filter(isRow).length * 2 > rows.length
  },
  read: ({ json }) =>
    tableOf(rowsOf(json), (row) => {
      if (isRefused(row)) return refusedText(row[0])
      const [text, hex, about] = row
      if (row.length !== 3 || !isText(text) || !isHex(hex))
        throw new Error('expected [text, hex, about] or [text without blanks]')
      const read = [text, hex, requireShape(aboutSchema, about)] as const
      return read[2].isPrivkey ? privateKey(read) : address(read)
    }),
}

/** Of what is no address there is the text alone; texts with blanks are comments of other formats. */
function isRefused(row: readonly unknown[]): row is readonly [string] {
  return row.length === 1 && isText(row[0]) && !/\s/.test(row[0])
}

function isAbout(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'chain' in value
}

/** What engines with addresses compute; others have no business with these. */
export const addressFormats: readonly VectorFormat[] = [base58Format, addressFormat]

/** The names that Core's files give to chains. Testnet3 has the texts of every later test chain. */
const CHAINS: Readonly<Record<AddressRow[2]['chain'], string>> = {
  main: 'bitcoin',
  test: 'testnet4',
  testnet4: 'testnet4',
  signet: 'signet',
  regtest: 'regtest',
}

function address([text, hex, about]: AddressRow): VectorCase {
  return {
    id: `address ${text}`,
    run: (engine) => {
      const { scriptOfAddress, addressOfScript, decodePrivateKey } = requireAddresses(engine)
      const chain = CHAINS[about.chain]
      return firstFailure(
        () => compare(answerOf(scriptOfAddress(text, chain)), hex),
        () => compare(addressOfScript(requireBytes(hex), chain) ?? REFUSED, text),
        () =>
          compare(
            answerOf(scriptOfAddress(flipCase(text), chain)),
            about.tryCaseFlip === true ? hex : REFUSED,
          ),
        () => compare(answerOf(decodePrivateKey(text, chain)?.secret), REFUSED),
      )
    },
  }
}

function privateKey([text, hex, about]: AddressRow): VectorCase {
  return {
    id: `private key ${text}`,
    run: (engine) => {
      const { decodePrivateKey, encodePrivateKey, scriptOfAddress } = requireAddresses(engine)
      const chain = CHAINS[about.chain]
      const key = { secret: requireBytes(hex), isCompressed: about.isCompressed === true }
      const decoded = decodePrivateKey(text, chain)
      return firstFailure(
        () => compare(answerOf(decoded?.secret), hex),
        () => compare(String(decoded?.isCompressed), String(key.isCompressed)),
        () => compare(encodePrivateKey(key, chain), text),
        () => compare(answerOf(scriptOfAddress(text, chain)), REFUSED),
      )
    },
  }
}

function refusedText(text: string): VectorCase {
  return {
    id: `neither address nor key: ${text}`,
    run: (engine) => {
      const { scriptOfAddress, decodePrivateKey } = requireAddresses(engine)
      return firstFailure(
        ...Object.values(CHAINS).flatMap((chain) => [
          () => compare(answerOf(scriptOfAddress(text, chain)), REFUSED),
          () => compare(answerOf(decodePrivateKey(text, chain)?.secret), REFUSED),
        ]),
      )
    },
  }
}

const REFUSED = 'refused'

function firstFailure(...checks: readonly (() => VectorVerdict)[]): VectorVerdict {
  for (const check of checks) {
    const verdict = check()
    if (verdict !== 'pass') return verdict
  }
  return 'pass'
}

function flipCase(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
}

function requireAddresses(engine: Engine) {
  const addresses = engine.addresses
  if (addresses === undefined) throw new Error(`${engine.name} knows no addresses`)
  return addresses
}

function answerOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? REFUSED : bytesToHex(bytes)
}
