import type { ChainSession, Engine, Question } from '../../ports/index.ts'
import type { ReplayResult } from '../../simulation/index.ts'

/** What the node of a delivery had been asked before, the opening of its chain first. */
export function questionsBefore(
  delivery: number,
  { questions, deliveries }: Pick<ReplayResult, 'questions' | 'deliveries'>,
): readonly Question[] {
  const { node } = deliveries[delivery]!
  const earlier = deliveries
    .slice(0, delivery)
    .filter((earlierDelivery) => earlierDelivery.node === node).length
  // Every question but the first, which opens the chain, is a delivery or an operator's word.
  return questions.get(node)!.slice(0, 1 + earlier)
}

/** A session of its own, as these questions leave it. */
export function sessionAfter(questions: readonly Question[], engine: Engine): ChainSession {
  const [opening, ...rest] = questions
  if (opening?.op !== 'reset') throw new Error('a session begins with reset')
  const session = engine.openChain(opening.chain)
  for (const question of rest) put(question, session)
  return session
}

function put(question: Question, session: ChainSession): void {
  if (question.op === 'invalidate' || question.op === 'reconsider') session[question.op](question.block)
  if (question.op !== 'deliver') return
  const bytes = Buffer.from(question.bytes, 'hex')
  if (question.kind === 'header') session.deliverHeader(bytes, question.now)
  else if (question.kind === 'block') session.deliverBlock(bytes, question.now)
  else session.deliverTransaction(bytes, question.now)
}
