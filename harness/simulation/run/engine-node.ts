import { Abstention } from '../../adapters/index.ts'
import type {
  BlockStatus,
  Capability,
  ChainSession,
  HashHex,
  NodeEffect,
  NodeEvent,
  NodeUnderTest,
  NodeView,
  Subject,
  Verdict,
} from '../../ports/index.ts'
import {
  blockHash,
  dataHash,
  decodeMessages,
  displayHash,
  encodeMessage,
  HEADER_BYTES,
  hashesIn,
  INVENTORY,
  inventoryPayload,
  parentHash,
  parseTransaction,
  transactionId,
  type WireMessage,
} from '../../wire/index.ts'

/** An item that the session keeps, as it came. */
interface Kept {
  readonly subject: 'block' | 'transaction'
  readonly bytes: Uint8Array
}

/** By which the verdict is known to the simulation: the name of a submitted item, or the connection it came by. */
type Origin = { readonly tag: string } | { readonly peer: number }

const NOTHING = new Uint8Array(0)

/**
 * An engine's session as a node of the simulated network. It has no protocol of its own to test, so that it speaks the
 * least that carries a story: it sends each peer, whole and unasked, the blocks of its active chain and the transactions
 * of its mempool, each once a connection. A peer that could not use an item yet answers `notfound`, and is sent it once
 * more with whatever comes next. `magic`: the bytes that start each message.
 */
export function createEngineNode(
  session: ChainSession,
  capabilities: ReadonlySet<Capability>,
  magic: Uint8Array,
): NodeUnderTest {
  const kept = new Map<HashHex, Kept>()
  /** What each connected peer has been sent, or has sent. */
  const peers = new Map<number, Set<HashHex>>()
  const heard = { deliveries: 0, words: 0 }
  const view = createView(session, () => heard.deliveries === 0 || heard.words > 0)
  let tip = session.tip().hash

  return { step, view }

  function step(event: NodeEvent, nowMs: number): readonly NodeEffect[] {
    const now = Math.floor(nowMs / 1000)
    view.refresh()
    switch (event.kind) {
      case 'connected':
        peers.set(event.peer, new Set())
        return relay(event.peer)
      case 'disconnected':
        peers.delete(event.peer)
        return []
      case 'received':
        return decodeMessages(event.bytes).flatMap((message) => receive(event.peer, message, now))
      case 'submitHeader':
      case 'submitBlock':
      case 'submitTransaction': {
        const origin = { tag: event.tag ?? '' }
        return judge(SUBJECTS[event.kind], event.bytes, now, origin)
      }
      case 'invalidate':
      case 'reconsider':
        session[event.kind](event.hash)
        return [...news(), ...relayToAll()]
      default:
        return []
    }
  }

  function receive(peer: number, message: WireMessage, now: number): NodeEffect[] {
    const { command, payload } = message
    switch (command) {
      case 'version':
        return [send(peer, 'verack', NOTHING)]
      case 'block':
      case 'tx':
        return receiveItem(peer, command === 'block' ? 'block' : 'transaction', payload, now)
      case 'headers':
        // A scripted peer sends one at a time.
        return judge('header', payload.subarray(1, 1 + HEADER_BYTES), now, { peer })
      case 'notfound':
        for (const hash of hashesIn(message)) peers.get(peer)?.delete(hash)
        return []
      default:
        return []
    }
  }

  function receiveItem(peer: number, subject: Kept['subject'], bytes: Uint8Array, now: number): NodeEffect[] {
    const hash = hashOf(subject, bytes)
    peers.get(peer)?.add(hash)
    if (kept.has(hash)) return []
    const effects = judge(subject, bytes, now, { peer })
    return kept.has(hash) || !effects.some(isRefusedForNow)
      ? effects
      : [...effects, send(peer, 'notfound', inventoryPayload(INVENTORY[subject], [hash]))]
  }

  function judge(subject: Subject, bytes: Uint8Array, now: number, origin: Origin): NodeEffect[] {
    const verdict = deliver(subject, bytes, now)
    heard.deliveries++
    if (verdict.outcome !== 'unknown') heard.words++
    const hash = hashOf(subject, bytes)
    if (isKept(verdict) && subject !== 'header' && !kept.has(hash)) kept.set(hash, { subject, bytes })
    const isNews = verdict.outcome === 'connected' || verdict.outcome === 'accepted'
    const judged: NodeEffect = { kind: 'judged', subject, hash, verdict, ...origin }
    return [judged, ...news(), ...(isNews ? relayToAll() : [])]
  }

  function deliver(subject: Subject, bytes: Uint8Array, now: number): Verdict {
    if (subject === 'transaction') return session.deliverTransaction(bytes, now)
    return subject === 'header' ? session.deliverHeader(bytes, now) : session.deliverBlock(bytes, now)
  }

  /** The tip, when it is another than before. */
  function news(): NodeEffect[] {
    view.refresh()
    const { hash, height } = view.tip()
    if (hash === tip) return []
    tip = hash
    return [{ kind: 'tip', hash, height }]
  }

  function relayToAll(): NodeEffect[] {
    return [...peers.keys()].flatMap(relay)
  }

  function relay(peer: number): NodeEffect[] {
    const heard = peers.get(peer)!
    return known()
      .filter((hash) => !heard.has(hash))
      .map((hash) => {
        heard.add(hash)
        const { subject, bytes } = kept.get(hash)!
        return send(peer, subject === 'block' ? 'block' : 'tx', bytes)
      })
  }

  /** The active chain, lowest first, then the mempool, as far as this node was given them. */
  function known(): HashHex[] {
    if (kept.size === 0) return []
    const chain: HashHex[] = []
    for (let hash = view.tip().hash; kept.has(hash); hash = parentHash(kept.get(hash)!.bytes))
      chain.unshift(hash)
    const unconfirmed = capabilities.has('mempool') ? view.mempool() : []
    return [...chain, ...unconfirmed.filter((txid) => kept.has(txid))]
  }

  function send(peer: number, command: string, payload: Uint8Array): NodeEffect {
    return { kind: 'send', peer, bytes: encodeMessage(magic, command, payload) }
  }
}

const SUBJECTS = { submitHeader: 'header', submitBlock: 'block', submitTransaction: 'transaction' } as const

const isKept = ({ outcome }: Verdict) => outcome !== 'rejected' && outcome !== 'unknown'

function isRefusedForNow(effect: NodeEffect): boolean {
  if (effect.kind !== 'judged' || effect.verdict.outcome !== 'rejected') return false
  return effect.verdict.class === 'premature' || effect.verdict.class === 'missing'
}

function hashOf(subject: Subject, bytes: Uint8Array): HashHex {
  if (subject !== 'transaction') return blockHash(bytes)
  const transaction = parseTransaction(bytes)
  // What is no transaction has no id; nothing refers to it.
  return transaction === undefined ? dataHash(bytes) : displayHash(transactionId(transaction))
}

/**
 * The session's answers; each question is put once between two steps, since a daemon takes its time. Who has judged
 * nothing of what it was given, `hasWord`, is not asked for its mempool.
 */
function createView(session: ChainSession, hasWord: () => boolean): NodeView & { refresh(): void } {
  const answers = new Map<string, unknown>()
  const once =
    <Answer>(question: string, ask: () => Answer) =>
    (): Answer => {
      if (!answers.has(question)) answers.set(question, ask())
      return answers.get(question) as Answer
    }
  return {
    tip: once('tip', session.tip),
    coinDigest: once('coinDigest', session.coinDigest),
    coinCount: once('coinCount', session.coinCount),
    mempool: once('mempool', () => {
      if (!hasWord()) throw new Abstention('it judged nothing')
      return session.mempool()
    }),
    medianTimePast: once('medianTimePast', session.medianTimePast),
    balanceOf: session.balanceOf,
    // A session has no word for it, and only the oracles of whole nodes ask.
    status: (): BlockStatus => 'unknown',
    refresh: () => answers.clear(),
  }
}
