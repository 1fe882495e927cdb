import { visible } from '../../../reports/index.ts'
import type { AnswerTo, ChainSession, Question, Request } from '../../ports/index.ts'
import { CAPABILITIES, nameOf, PROTOCOL, readAnswer } from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'
import type { ForeignEngine } from '../foreign-engine.ts'
import { type LineChannel, openStdioChannel } from './channel.ts'
import { stdioLibrary } from './library.ts'

const TIMEOUT_MS = 60_000

/** A foreign node behind `touchstone-stdio/1`, as an engine; it has so long for each answer. */
export function openStdioEngine(command: string, timeoutMs = TIMEOUT_MS): ForeignEngine {
  const channel = openStdioChannel(command, timeoutMs)
  const { ask, lastLine } = createAsker(channel)
  const close = () => channel.close(lastLine())
  try {
    const hello = ask({ op: 'hello', protocol: PROTOCOL })
    const library = stdioLibrary(hello, ask)
    return {
      name: visible(hello.name),
      capabilities: new Set(CAPABILITIES.filter((capability) => hello.capabilities.includes(capability))),
      ...(library === undefined ? {} : { library }),
      ...(hello.chains === undefined ? {} : { offers: hello.chains }),
      openChain(chain) {
        ask({ op: 'reset', chain })
        return createSession(ask)
      },
      isAlive: channel.isAlive,
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

type Ask = <Asked extends Question>(question: Asked) => AnswerTo<Asked>

function createAsker(channel: LineChannel): { ask: Ask; lastLine: () => string } {
  let id = 0
  const ask: Ask = (question) => {
    const request = { id: ++id, ...question }
    const answer = read(channel.exchange(JSON.stringify(request)), request, question)
    if ('abstain' in answer) throw new Abstention(answer.abstain)
    if ('error' in answer) return channel.fail(answer.error)
    return answer
  }
  function read<Asked extends Question>(line: string, { id: asked }: { id: number }, question: Asked) {
    const answer = readAnswer(line, asked, question)
    return 'wrong' in answer ? channel.fail(`its answer to ${nameOf(question)}: ${answer.wrong}`) : answer
  }
  return { ask, lastLine: () => JSON.stringify({ id: ++id, op: 'bye' } satisfies Request) }
}

/** One session at a time: the protocol's `reset` forgets the one before. */
function createSession(ask: Ask): ChainSession {
  const deliver = (kind: 'header' | 'block' | 'transaction') => (bytes: Uint8Array, now: number) =>
    ask({ op: 'deliver', kind, bytes: Buffer.from(bytes).toString('hex'), now }).verdict
  return {
    deliverHeader: deliver('header'),
    deliverBlock: deliver('block'),
    deliverTransaction: deliver('transaction'),
    tip: () => {
      const { hash, height, chainWork } = ask({ op: 'query', what: 'tip' }).value
      return { hash, height, chainWork: BigInt(chainWork) }
    },
    coinDigest: () => ask({ op: 'query', what: 'coinDigest' }).value,
    balanceOf: (script) =>
      BigInt(ask({ op: 'query', what: 'balance', script: Buffer.from(script).toString('hex') }).value),
    mempool: () => ask({ op: 'query', what: 'mempool' }).value,
    medianTimePast: () => ask({ op: 'query', what: 'medianTimePast' }).value,
    coinCount: () => ask({ op: 'query', what: 'coinCount' }).value,
    invalidate: (block) => void ask({ op: 'invalidate', block }),
    reconsider: (block) => void ask({ op: 'reconsider', block }),
  }
}
