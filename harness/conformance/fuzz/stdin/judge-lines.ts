import { Abstention, LINE_BYTES_MAX, LineSplitter } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { type FuzzQuestion, LineError, readLine } from './read-line.ts'

/** What became of all lines. */
export interface LineTally {
  readonly lines: number
  /** Lines on which the engines did not agree, or at which one broke down. */
  readonly differences: number
  /** Lines that asked nothing. */
  readonly errors: number
}

export interface LineJudgement {
  readonly engines: readonly Engine[]
  readonly input: AsyncIterable<Uint8Array | string>
  /** Takes an answer; resolves when there is room for more. */
  readonly say: (text: string) => Promise<void>
  /** Called for each line whose answer is a difference. */
  readonly onDifference?: (line: string, answer: string) => void
}

/**
 * Answers each line with one line: the verdict, where all engines give the same; `DIFFER spec=… node=…`; or
 * `ERROR why`. Answers to what has come in are written before more is read.
 */
export async function judgeLines({ engines, input, say, onDifference }: LineJudgement): Promise<LineTally> {
  const tally = { lines: 0, differences: 0, errors: 0 }
  let answers = ''
  const lines = new LineSplitter((line) => {
    const answer = answerTo(line, engines)
    tally.lines++
    if (answer.startsWith('ERROR ')) tally.errors++
    if (answer.startsWith('DIFFER ')) {
      tally.differences++
      onDifference?.(line, answer)
    }
    answers += `${answer}\n`
  })
  const flush = async () => {
    const text = answers
    answers = ''
    if (text !== '') await say(text)
  }
  for await (const chunk of input) {
    const isShort = lines.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    await flush()
    if (isShort) continue
    await say(`ERROR expected lines of at most ${LINE_BYTES_MAX} bytes\n`)
    return { ...tally, lines: tally.lines + 1, errors: tally.errors + 1 }
  }
  lines.end()
  await flush()
  return tally
}

function answerTo(line: string, engines: readonly Engine[]): string {
  let question: FuzzQuestion
  try {
    question = readLine(line)
  } catch (error) {
    if (error instanceof LineError) return `ERROR ${error.message}`
    throw error
  }
  const verdicts: string[] = []
  for (const engine of engines) {
    const verdict = verdictOf(engine, question)
    if (verdict.startsWith('ERROR ')) return verdict
    verdicts.push(verdict)
  }
  const [first] = verdicts
  if (verdicts.every((verdict) => verdict === first && !verdict.startsWith(BROKEN))) return first!
  return `DIFFER ${verdicts.map((verdict, index) => `${engines[index]!.name}=${verdict}`).join(' ')}`
}

/** An engine that throws anything it does not mean to has a bug, whatever the others say. */
const BROKEN = 'broken:'

function verdictOf(engine: Engine, question: FuzzQuestion): string {
  try {
    return question(engine)
  } catch (error) {
    if (error instanceof Abstention) return `ERROR ${error.message}`
    const message = error instanceof Error ? error.message : String(error)
    if (message.startsWith('not a transaction')) return 'decode-failed'
    return `${BROKEN}${JSON.stringify(message)}`
  }
}
