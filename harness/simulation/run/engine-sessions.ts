import { Abstention } from '../../adapters/index.ts'
import type { ChainSession, Engine, NodeFactory, Question } from '../../ports/index.ts'
import type { CompiledScenario } from '../../scenario/index.ts'
import { createEngineNode } from './engine-node.ts'

/** An engine failed to answer. */
export interface Interruption {
  readonly error: Error
  readonly node: string
  readonly question: Question
}

/** The sessions of an engine as nodes of the simulated network, and all that they were asked. */
export interface EngineNodes {
  readonly createNode: NodeFactory
  /** What each node was asked that may change it, in order: one request that opens it, then the others. */
  readonly questions: ReadonlyMap<string, readonly Question[]>
  /** The first time that an answer failed to come; the run ends there. */
  readonly interruption: () => Interruption | undefined
}

export function createEngineNodes({ chainFile }: CompiledScenario, engine: Engine): EngineNodes {
  const questions = new Map<string, Question[]>()
  const magic = Buffer.from(chainFile.magic, 'hex')
  let first: Interruption | undefined
  const asking = <Answer>(node: string, question: Question, ask: () => Answer): Answer => {
    try {
      return ask()
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      // Who abstains from a question has not failed; only without its tip nothing can be played.
      const isLeftOut = question.op === 'query' && question.what !== 'tip' && error instanceof Abstention
      if (!isLeftOut) first ??= { error, node, question }
      throw error
    }
  }
  return {
    createNode: ({ name, chain }) => {
      const opening: Question = { op: 'reset', chain }
      const asked: Question[] = [opening]
      questions.set(name, asked)
      const session = asking(name, opening, () => engine.openChain(chain))
      const ask = <Answer>(question: Question, answer: () => Answer): Answer => {
        if (question.op !== 'query') asked.push(question)
        return asking(name, question, answer)
      }
      return createEngineNode(questioned(session, ask), engine.capabilities, magic)
    },
    questions,
    interruption: () => first,
  }
}

/** The session, each call put as the request that it is. */
function questioned(
  session: ChainSession,
  ask: <Answer>(question: Question, answer: () => Answer) => Answer,
): ChainSession {
  const deliver =
    (kind: 'header' | 'block' | 'transaction', call: ChainSession['deliverBlock']): typeof call =>
    (bytes, now) =>
      ask({ op: 'deliver', kind, bytes: Buffer.from(bytes).toString('hex'), now }, () => call(bytes, now))
  const query =
    <Answer>(what: 'tip' | 'coinDigest' | 'coinCount' | 'mempool' | 'medianTimePast', call: () => Answer) =>
    () =>
      ask({ op: 'query', what }, call)
  const declare =
    (op: 'invalidate' | 'reconsider', call: (block: string) => void): typeof call =>
    (block) =>
      ask({ op, block }, () => call(block))
  return {
    deliverHeader: deliver('header', session.deliverHeader),
    deliverBlock: deliver('block', session.deliverBlock),
    deliverTransaction: deliver('transaction', session.deliverTransaction),
    tip: query('tip', session.tip),
    coinDigest: query('coinDigest', session.coinDigest),
    coinCount: query('coinCount', session.coinCount),
    mempool: query('mempool', session.mempool),
    medianTimePast: query('medianTimePast', session.medianTimePast),
    balanceOf: (script) =>
      ask({ op: 'query', what: 'balance', script: Buffer.from(script).toString('hex') }, () =>
        session.balanceOf(script),
      ),
    invalidate: declare('invalidate', session.invalidate),
    reconsider: declare('reconsider', session.reconsider),
  }
}
