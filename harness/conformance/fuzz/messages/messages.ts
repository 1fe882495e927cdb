import fc from 'fast-check'
import { encodeMessage } from '../../../wire/index.ts'

/** Every message type that a node of these days may hear, and two that none knows. */
const COMMANDS = [
  'version',
  'verack',
  'wtxidrelay',
  'sendaddrv2',
  'addr',
  'addrv2',
  'getaddr',
  'ping',
  'pong',
  'sendheaders',
  'sendcmpct',
  'feefilter',
  'getheaders',
  'headers',
  'getblocks',
  'inv',
  'notfound',
  'getdata',
  'block',
  'tx',
  'cmpctblock',
  'getblocktxn',
  'blocktxn',
  'getcfilters',
  'cfilter',
  'getcfheaders',
  'cfheaders',
  'getcfcheckpt',
  'cfcheckpt',
  'mempool',
  'reject',
  'filterload',
  'filteradd',
  'filterclear',
  'merkleblock',
  'sendtxrcncl',
  '',
  'nothing',
] as const

const command = fc.constantFrom(...COMMANDS)
/** Counts that are wrong, not canonical, or promise more than any message holds. */
const count = fc.constantFrom(
  '00',
  '01',
  '03',
  'fc',
  'fdfd00',
  'fd0100',
  'fdffff',
  'fe00000100',
  'feffffffff',
  'ffffffffffffffffff',
)

/** A message of which every byte can be read, and which no honest peer sends. */
export interface Offence {
  readonly command: string
  readonly payload: Uint8Array
}

/** Whole messages and pieces of some, as strangers send them, out of real payloads; now and then an offence. */
export function malformedMessages(
  magic: Uint8Array,
  payloads: readonly Uint8Array[],
  offences: readonly Offence[],
): fc.Arbitrary<Uint8Array> {
  const frame = (name: string, payload: Uint8Array): Uint8Array => encodeMessage(magic, name, payload)
  const random = fc.uint8Array({ maxLength: 120 })
  const distorted = fc
    .tuple(
      fc.constantFrom(...payloads),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat()),
    )
    .map(([payload, edits, cut]) => {
      const bytes = Uint8Array.from(payload)
      for (const [at, byte] of edits) if (bytes.length > 0) bytes[at % bytes.length] = byte
      return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1))
    })
  const promising = fc
    .tuple(count, random)
    .map(([hex, rest]) => Buffer.concat([Buffer.from(hex, 'hex'), rest]))
  const payload = fc.oneof(
    { weight: 3, arbitrary: random },
    { weight: 4, arbitrary: distorted },
    { weight: 3, arbitrary: promising },
  )
  const framed = fc.tuple(command, payload).map(([name, bytes]) => frame(name, bytes))
  return fc.oneof(
    { weight: 16, arbitrary: framed },
    // The frame itself: magic, type, length or checksum is wrong.
    {
      weight: 2,
      arbitrary: fc.tuple(framed, fc.nat(23), fc.nat(255)).map(([bytes, at, byte]) => {
        const copy = Uint8Array.from(bytes)
        copy[at] = byte
        return copy
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...offences).map(({ command: name, payload: bytes }) => frame(name, bytes)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(framed, fc.nat()).map(([bytes, cut]) => bytes.subarray(0, cut % bytes.length)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  )
}
