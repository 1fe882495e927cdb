import type { BlockStatus, NodeEffect, NodeSetup, NodeUnderTest } from '../../ports/index.ts'
import { blockHash, decodeMessages, encodeMessage, parentHash } from '../../wire/index.ts'

interface ToyBlock {
  readonly hash: string
  readonly parent: string
  readonly height: number
  readonly bytes: Uint8Array
}

const MAGIC = Buffer.from('tiny')

/**
 * A node that believes every block it is given, for tests of the simulator: it floods whole blocks, keeps them in one
 * file, and has the highest one as its tip. `genesis`: display hash of the block below all others.
 */
export function createToyNode({ files }: NodeSetup, genesis: string): NodeUnderTest {
  const blocks = new Map<string, ToyBlock>([
    [genesis, { hash: genesis, parent: '', height: 0, bytes: new Uint8Array(0) }],
  ])
  const peers = new Set<number>()
  let tip = blocks.get(genesis)!

  return {
    step(event) {
      switch (event.kind) {
        case 'start':
          return readBack()
        case 'connected':
          peers.add(event.peer)
          return [...blocks.values()].slice(1).map((block) => sendTo(event.peer, block))
        case 'disconnected':
          peers.delete(event.peer)
          return []
        case 'received':
          return decodeMessages(event.bytes).flatMap(({ command, payload }) =>
            command === 'block' ? accept(payload, { peer: event.peer }) : [],
          )
        case 'submitBlock':
          return accept(event.bytes, event.tag === undefined ? {} : { tag: event.tag })
        default:
          return []
      }
    },
    view: {
      tip: () => ({ hash: tip.hash, height: tip.height, chainWork: BigInt(tip.height) }),
      coinDigest: () => tip.hash,
      coinCount: () => tip.height,
      balanceOf: () => 0n,
      mempool: () => [],
      medianTimePast: () => 0,
      status: (hash): BlockStatus => (blocks.has(hash) ? 'valid' : 'unknown'),
    },
  }

  function accept(bytes: Uint8Array, from: { peer?: number; tag?: string }): NodeEffect[] {
    const hash = blockHash(bytes)
    if (blocks.has(hash)) return []
    if (!add(bytes)) return []
    files.append('blocks', Uint8Array.of(bytes.length & 255, bytes.length >> 8, ...bytes))
    files.sync('blocks')
    const verdict = { outcome: tip.hash === hash ? 'connected' : 'stored' } as const
    const relayed = [...peers].map((peer) => sendTo(peer, blocks.get(hash)!))
    return [{ kind: 'judged', subject: 'block', hash, verdict, ...from }, ...tipEffect(hash), ...relayed]
  }

  function add(bytes: Uint8Array): boolean {
    const hash = blockHash(bytes)
    const parent = parentHash(bytes)
    const height = (blocks.get(parent)?.height ?? Number.NaN) + 1
    if (Number.isNaN(height)) return false
    const block = { hash, parent, height, bytes: bytes.slice() }
    blocks.set(hash, block)
    if (height > tip.height) tip = block
    return true
  }

  function tipEffect(hash: string): NodeEffect[] {
    return tip.hash === hash ? [{ kind: 'tip', hash, height: tip.height }] : []
  }

  function readBack(): NodeEffect[] {
    for (let at = 0; at < files.size('blocks'); ) {
      const [low, high] = files.read('blocks', at, 2)
      const length = low! + high! * 256
      add(files.read('blocks', at + 2, length))
      at += 2 + length
    }
    return tipEffect(tip.hash)
  }

  function sendTo(peer: number, block: ToyBlock): NodeEffect {
    return { kind: 'send', peer, bytes: encodeMessage(MAGIC, 'block', block.bytes) }
  }
}
