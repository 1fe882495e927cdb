import { addressFunctionsOf } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import { hexOf, isHex, isText, requireBytes, rowsOf } from './content.ts'
import { compare, type VectorCase, type VectorFormat, type VectorVerdict } from './format.ts'

/** Rows `[hex, text]`. [Core base58_encode_decode.json] */
const base58Format: VectorFormat = {
  name: 'base58',
  detects: ({ json }) => {
    const rows = rowsOf(json)
    return (
      rows.length > 0 && rows.every((row) => row.length === 2 && row.every(isText)) && isHex(rows.at(-1)?.[0])
    )
  },
  cases: function* ({ json }) {
    for (const [hex, text] of json as [string, string][])
      yield {
        id: `base58 of ${hex}`,
        run: (engine) => {
          const { encodeBase58, decodeBase58 } = requireAddresses(engine)
          return firstFailure(
            () => compare(encodeBase58(requireBytes(hex)), text),
            () => compare(answerOf(decodeBase58(text)), hex.toLowerCase()),
          )
        },
      }
  },
}

type AddressRow = readonly [
  text: string,
  hex: string,
  about: {
    readonly chain: string
    readonly isPrivkey: boolean
    readonly isCompressed?: boolean
    /** The same text in the other case is as good. */
    readonly tryCaseFlip?: boolean
  },
]

/** Rows `[text, hex of the script or secret, about]` of what is valid, or `[text]` of what is not. [Core key_io_*.json] */
const addressFormat: VectorFormat = {
  name: 'addresses',
  detects: ({ json }) => {
    const rows = rowsOf(json)
    return rows.length > 0 && rows.every((row) => (row.length === 1 && isText(row[0])) || isAddressRow(row))
  },
  cases: function* ({ json }) {
    for (const row of json as (readonly [string] | AddressRow)[])
      yield row.length === 1 ? refusedText(row[0]) : row[2].isPrivkey ? privateKey(row) : address(row)
  },
}

/** What engines with addresses compute; others have no business with these. */
export const addressFormats: readonly VectorFormat[] = [base58Format, addressFormat]

/** The names that Core's files give to chains. Testnet3 has the texts of every later test chain. */
const CHAINS: Readonly<Record<string, string>> = {
  main: 'bitcoin',
  test: 'testnet4',
  testnet4: 'testnet4',
  signet: 'signet',
  regtest: 'regtest',
}

function chainOf(name: string): string {
  const chain = CHAINS[name]
  if (chain === undefined) throw new Error(`no chain is named ${name}`)
  return chain
}

function address([text, hex, about]: AddressRow): VectorCase {
  return {
    id: `address ${text}`,
    run: (engine) => {
      const { scriptOfAddress, addressOfScript, decodePrivateKey } = requireAddresses(engine)
      const chain = chainOf(about.chain)
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
      const chain = chainOf(about.chain)
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
  const addresses = addressFunctionsOf(engine)
  if (addresses === undefined) throw new Error(`${engine.name} knows no addresses`)
  return addresses
}

function answerOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? REFUSED : hexOf(bytes)
}

function isAddressRow(row: readonly unknown[]): boolean {
  const [text, hex, about] = row
  return (
    row.length === 3 &&
    isText(text) &&
    isHex(hex) &&
    typeof about === 'object' &&
    about !== null &&
    'isPrivkey' in about
  )
}
