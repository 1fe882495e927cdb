import type { ChainSession, Tip } from '../../ports/index.ts'
import { PROTOCOL, type Request, type Response, responseSchema } from '../../ports/index.ts'
import { Abstention, TargetError } from '../abstention.ts'
import type { ForeignEngine } from '../foreign-engine.ts'
import { type LineChannel, openStdioChannel } from './channel.ts'

const TIMEOUT_MS = 60_000

type Question = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never

/** A foreign node behind `touchstone-stdio/1`, as an engine. */
export function openStdioEngine(command: string, timeoutMs = TIMEOUT_MS): ForeignEngine {
  const channel = openStdioChannel(command, timeoutMs)
  const ask = createAsker(command, channel)
  const hello = ask({ op: 'hello', protocol: PROTOCOL })
  if (!('capabilities' in hello))
    throw new TargetError(`${command}: expected its capabilities as answer to hello`)
  return {
    name: hello.name,
    capabilities: new Set(hello.capabilities),
    openChain(chain) {
      ask({ op: 'reset', chain })
      return createSession(command, ask)
    },
    isAlive: channel.isAlive,
    close: channel.close,
  }
}

type Ask = (question: Question) => Response

function createAsker(command: string, channel: LineChannel): Ask {
  let id = 0
  return (question) => {
    const request = { id: ++id, ...question }
    const line = channel.exchange(JSON.stringify(request))
    const response = parseResponse(command, line)
    if (response.id !== id)
      throw new TargetError(`${command}: expected an answer to request ${id}, got one to ${response.id}`)
    if ('abstain' in response) throw new Abstention(response.abstain)
    if ('error' in response) throw new TargetError(`${command}: ${response.error}`)
    return response
  }
}

function parseResponse(command: string, line: string): Response {
  try {
    return responseSchema.parse(JSON.parse(line))
  } catch {
    throw new TargetError(`${command}: this is no answer of ${PROTOCOL}: ${line.slice(0, 200)}`)
  }
}

/** One session at a time: the protocol's `reset` forgets the one before. */
function createSession(command: string, ask: Ask): ChainSession {
  const deliver = (kind: 'header' | 'block' | 'transaction') => (bytes: Uint8Array, now: number) => {
    const answer = ask({ op: 'deliver', kind, bytes: Buffer.from(bytes).toString('hex'), now })
    if (!('verdict' in answer)) throw new TargetError(`${command}: expected a verdict`)
    return answer.verdict
  }
  const query = <Value>(what: Extract<Question, { op: 'query' }>['what'], script?: Uint8Array): Value => {
    const extra = script === undefined ? {} : { script: Buffer.from(script).toString('hex') }
    const answer = ask({ op: 'query', what, ...extra })
    if (!('value' in answer)) throw new TargetError(`${command}: expected the value of ${what}`)
    return answer.value as Value
  }
  return {
    deliverHeader: deliver('header'),
    deliverBlock: deliver('block'),
    deliverTransaction: deliver('transaction'),
    tip: () => {
      const { hash, height, chainWork } = query<Omit<Tip, 'chainWork'> & { chainWork: string }>('tip')
      return { hash, height, chainWork: BigInt(chainWork) }
    },
    coinDigest: () => query('coinDigest'),
    balanceOf: (script) => BigInt(query<string>('balance', script)),
    mempool: () => query('mempool'),
    medianTimePast: () => query('medianTimePast'),
    coinCount: () => query('coinCount'),
    invalidate: (block) => void ask({ op: 'invalidate', block }),
    reconsider: (block) => void ask({ op: 'reconsider', block }),
  }
}
