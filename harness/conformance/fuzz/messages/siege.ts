import fc from 'fast-check'
import { chainLookup, createNodeFactory } from '../../../adapters/index.ts'
import type { NodeEffect, NodeEvent } from '../../../ports/index.ts'
import { blockSchema, createForge, GENESIS } from '../../../scenario/index.ts'
import { SimulatedDisk } from '../../../simulation/index.ts'
import {
  doubleSha256,
  encodeMessage,
  HEADER_BYTES,
  HEADER_OFFSETS,
  headerField,
  headersPayload,
  hexToBytes,
  INVENTORY,
  inventoryPayload,
  locatorPayload,
  parentHash,
  versionPayload,
} from '../../../wire/index.ts'
import { malformedMessages, type Offence } from './messages.ts'

/** What became of a node among strangers. */
export interface SiegeResult {
  readonly messages: number
  readonly connections: number
  /** Strangers that the node hung up on, by its reason with numbers left out. */
  readonly hungUpOn: Readonly<Record<string, number>>
  /** Those among them whose addresses it remembers: they broke the protocol, and were not merely of no use. */
  readonly discouraged: Readonly<Record<string, number>>
  /** Strangers who said, after a whole handshake, what can be read and no honest peer says; and those who got away with it. */
  readonly offenders: number
  readonly forgiven: number
  /** The tip's height at the end: that of the honest chain. */
  readonly height: number
  /** Unconfirmed transactions in the pool at the end. */
  readonly pool: number
  /** Bytes of heap in use after a quarter of the messages and at the end, garbage collected where that can be asked for. */
  readonly heap: readonly [early: number, late: number]
}

const BLOCKS = 6
const DAY_SECONDS = 86_400
const MESSAGES_PER_STRANGER = 50
const MESSAGES_PER_DRAW = 1_000

/** Sends so many malformed messages to a node with a few blocks; a stranger that is hung up on calls again from elsewhere. @throws whatever escapes from the node */
export function besiege(messages: number, seed: number): SiegeResult {
  const file = chainLookup('tiny')!
  const magic = Buffer.from(file.magic, 'hex')
  const startTime = headerField(hexToBytes(file.genesisBlock), 'time') + DAY_SECONDS
  const blocks = honestBlocks(file, startTime)
  const { files, store } = new SimulatedDisk()
  const node = createNodeFactory()({ name: 'n', chain: 'tiny', files, store, entropy: () => 0.5 })
  const hungUpOn: Record<string, number> = {}
  const discouraged: Record<string, number> = {}
  let misbehaved = false
  let nowMs = startTime * 1000
  let peer = 0
  let open = false
  const happen = (event: NodeEvent): void => {
    let next: NodeEvent | undefined = event
    while (next !== undefined) {
      const effects: readonly NodeEffect[] = node.step(next, nowMs)
      next = effects.some(({ kind }) => kind === 'continue') ? { kind: 'continue' } : undefined
      for (const effect of effects) {
        if (effect.kind === 'log' && effect.message.includes(' misbehaved: ')) misbehaved = true
        if (effect.kind !== 'disconnect' || effect.peer !== peer || !open) continue
        open = false
        const reason = effect.reason.replaceAll(/\d+/g, 'N')
        hungUpOn[reason] = (hungUpOn[reason] ?? 0) + 1
        if (misbehaved) discouraged[reason] = (discouraged[reason] ?? 0) + 1
      }
    }
  }
  const say = (bytes: Uint8Array) => {
    if (open) happen({ kind: 'received', peer, bytes })
  }
  const call = (shakesHands: boolean) => {
    if (open) happen({ kind: 'disconnected', peer })
    peer++
    open = true
    misbehaved = false
    const address = `10.${(peer >> 16) & 255}.${(peer >> 8) & 255}.${peer & 255}`
    happen({ kind: 'connected', peer, inbound: true, address })
    if (!shakesHands) return
    say(encodeMessage(magic, 'version', versionPayload({ now: Math.floor(nowMs / 1000), nonce: peer })))
    say(encodeMessage(magic, 'verack', new Uint8Array(0)))
  }
  happen({ kind: 'start' })
  for (const bytes of blocks) happen({ kind: 'submitBlock', bytes })

  const offences = offencesOf(blocks)
  const isOffence = new Set(
    offences.map(({ command, payload }) => textOf(encodeMessage(magic, command, payload))),
  )
  let offenders = 0
  let forgiven = 0
  const drawn = malformedMessages(magic, realPayloads(blocks, startTime), offences)
  const heap: number[] = []
  let sent = 0
  for (let draw = 0; sent < messages; draw++)
    for (const bytes of fc.sample(drawn, {
      seed: (seed + draw) | 0,
      numRuns: Math.min(MESSAGES_PER_DRAW, messages - sent),
    })) {
      const offends = isOffence.has(textOf(bytes))
      // A new peer sends the offence, so that no rest of a broken message precedes it.
      if (!open || offends || sent % MESSAGES_PER_STRANGER === 0)
        call(offends || sent % (4 * MESSAGES_PER_STRANGER) !== 0)
      say(bytes)
      if (offends) offenders++
      if (offends && (open || !misbehaved)) forgiven++
      sent++
      nowMs += 20
      if (sent % MESSAGES_PER_STRANGER === 0) happen({ kind: 'wake' })
      if (sent === Math.ceil(messages / 4) || sent === messages) heap.push(heapInUse())
    }
  if (open) happen({ kind: 'disconnected', peer })
  const { view } = node
  return {
    messages: sent,
    connections: peer,
    hungUpOn,
    discouraged,
    offenders,
    forgiven,
    height: view.tip().height,
    pool: view.mempool().length,
    heap: [heap[0]!, heap.at(-1)!],
  }
}

function honestBlocks(file: Parameters<typeof createForge>[0], startTime: number): Uint8Array[] {
  const names = Array.from({ length: BLOCKS }, (_, index) => `b${index + 1}`)
  const specs = names.map((name, index) => [
    name,
    blockSchema.parse({ extends: names[index - 1] ?? GENESIS }),
  ])
  const forge = createForge(file, startTime, {
    keys: [],
    transactions: {},
    blocks: Object.fromEntries(specs),
  })
  return names.map((name) => forge.block(name).bytes)
}

/** What an honest peer might say of these blocks. */
function realPayloads(blocks: readonly Uint8Array[], now: number): Uint8Array[] {
  return [
    ...blocks,
    headersPayload(blocks.map((block) => block.subarray(0, HEADER_BYTES))),
    blocks[0]!.subarray(81),
    inventoryPayload(INVENTORY.transaction, ['ab'.repeat(32), 'cd'.repeat(32)]),
    inventoryPayload(INVENTORY.block, ['ab'.repeat(32)]),
    locatorPayload([parentHash(blocks[0]!)]),
    versionPayload({ now, nonce: 7 }),
    Buffer.concat([
      blocks[0]!.subarray(0, HEADER_BYTES),
      Buffer.alloc(8),
      Buffer.from([0, 1, 0]),
      blocks[0]!.subarray(81),
    ]),
    Buffer.from('010200000000000000', 'hex'),
  ]
}

/** What can be read to the last byte, and no honest peer says. */
function offencesOf(blocks: readonly Uint8Array[]): Offence[] {
  const [first, , third] = blocks.map((block) => block.subarray(0, HEADER_BYTES))
  const tip = blocks.at(-1)!
  const tampered = Uint8Array.from(tip)
  tampered[tampered.length - 10]! ^= 1
  const orphan = Uint8Array.from(tip)
  orphan.fill(7, 4, 36)
  const transactions = Buffer.concat([hashOf(tip), Buffer.from([1, 200])])
  return [
    { command: 'headers', payload: Buffer.from('fdd107', 'hex') },
    { command: 'headers', payload: headersPayload([first!, third!]) },
    { command: 'headers', payload: headersPayload([ground(first!, false)]) },
    { command: 'block', payload: tampered },
    { command: 'block', payload: ground(orphan, true) },
    { command: 'getblocktxn', payload: transactions },
  ]
}

/** The same with another nonce, which does the work or does not. */
function ground(bytes: Uint8Array, works: boolean): Uint8Array {
  const copy = Uint8Array.from(bytes)
  do copy[HEADER_OFFSETS.nonce]!++
  while (hashOf(copy)[31]! < 0x7f !== works)
  return copy
}

function hashOf(bytes: Uint8Array): Uint8Array {
  return doubleSha256(bytes.subarray(0, HEADER_BYTES))
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
