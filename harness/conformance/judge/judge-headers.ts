import { type CaseResult, verdictText } from '../../../reports/index.ts'
import type { Engine, Question } from '../../ports/index.ts'
import { isSameVerdict, type Judgement } from '../../ports/index.ts'
import type { CompiledScenario, CorpusEntry } from '../../scenario/index.ts'
import { dialogueOf, type Explanation, rulesOf } from './explain.ts'

/**
 * What a target that judges headers only can be asked of a scenario: the header of every block that is sent, in that
 * order, on one session, by the clock of the node it was sent to. It passes where the header alone decides all that the
 * specification says of the story, a refused header among it; elsewhere what was left out makes it partial.
 */
export function judgeHeaders(
  { compiled }: CorpusEntry,
  target: Engine,
  { reference, strictness }: Judgement,
): Pick<CaseResult, 'status' | 'message' | 'expected' | 'actual'> & Partial<Explanation> {
  const [own, theirs] = [reference.openChain(compiled.chain), target.openChain(compiled.chain)]
  const whole = reference.openChain(compiled.chain)
  const asked: Question[] = [{ op: 'reset', chain: compiled.chain }]
  let judged = 0
  let refused = 0
  let leftOut = [...compiled.items.values()].filter(({ kind }) => kind !== 'block').length
  for (const { header, bytes, name, now } of headersSent(compiled)) {
    const [expected, actual] = [own.deliverHeader(header, now), theirs.deliverHeader(header, now)]
    asked.push({ op: 'deliver', kind: 'header', bytes: Buffer.from(header).toString('hex'), now })
    judged++
    const isRefused = expected.outcome === 'rejected'
    if (isRefused) refused++
    else if (whole.deliverBlock(bytes, now).outcome === 'rejected') leftOut++
    if (
      !isSameVerdict(expected, actual, { subject: 'header', strictness, capabilities: target.capabilities })
    )
      return {
        status: 'fail',
        message: `header of ${name}: another verdict`,
        expected: verdictText(expected),
        actual: verdictText(actual),
        ...rulesOf(expected, actual),
        dialogue: dialogueOf(asked),
      }
  }
  if (judged === 0) return { status: 'abstain', message: 'no headers are sent' }
  const isWhole = refused > 0 && leftOut === 0
  if (isWhole) return { status: 'pass', message: `${judged} headers` }
  return { status: 'partial', message: `${judged} headers; what needs whole blocks was left out` }
}

function* headersSent(
  compiled: CompiledScenario,
): Iterable<{ header: Uint8Array; bytes: Uint8Array; name: string; now: number }> {
  const offsets = new Map(compiled.nodes.map((node) => [node.name, node.clockOffsetSeconds]))
  const first = compiled.nodes[0]!.name
  for (const step of compiled.steps) {
    if (step.do === 'clock') offsets.set(step.node, step.offsetSeconds)
    if (step.do !== 'send') continue
    const node = step.to?.[0] ?? first
    const now = Math.floor((compiled.startTimeMs + step.at) / 1000) + (offsets.get(node) ?? 0)
    for (const name of step.items) {
      const item = compiled.items.get(name)
      if (item?.kind === 'block') yield { header: item.header, bytes: item.bytes, name, now }
    }
  }
}
