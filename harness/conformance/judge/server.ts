import { match, P } from 'ts-pattern'
import { LINE_BYTES_MAX, LineSplitter } from '../../adapters/index.ts'
import { parseStrictJson } from '../../files/index.ts'
import type { Capability, ChainSession, Engine, LibraryCapability, Verdict } from '../../ports/index.ts'
import { type Request, type Response, requestSchema } from '../../ports/index.ts'
import { askLibrary } from './serve-library.ts'

/** What one session of the protocol cannot show, whatever the engine can do. */
const NOT_OVER_STDIO: ReadonlySet<Capability> = new Set(['restart', 'diskFaults', 'manyNodes'])

/** Serves an engine over `touchstone-stdio/1` until `bye` or the end of the input. */
export async function serveStdio(
  engine: Engine,
  input: AsyncIterable<Uint8Array | string>,
  output: { write(text: string): unknown },
): Promise<void> {
  const answer = createResponder(engine)
  const say = (response: Response) => output.write(`${JSON.stringify(response)}\n`)
  let isOver = false
  const lines = new LineSplitter((line) => {
    if (isOver) return
    const response = answer(line)
    say(response)
    isOver = 'done' in response && (JSON.parse(line) as Request).op === 'bye'
  })
  for await (const chunk of input) {
    if (!lines.push(Buffer.from(chunk))) {
      say({ id: 0, error: `expected lines of at most ${LINE_BYTES_MAX} bytes` })
      return
    }
    if (isOver) return
  }
  lines.end()
}

/** One line in, one answer out; a line that cannot be understood is answered with an error. */
export function createResponder(engine: Engine): (line: string) => Response {
  let session: ChainSession | undefined
  const opened = () => {
    if (session === undefined) throw new Error('reset comes first: no chain is open')
    return session
  }
  return (line) => {
    const { id, request, error } = parseRequest(line)
    if (request === undefined) return { id, error }
    try {
      return match(request)
        .returnType<Response>()
        .with({ op: 'hello' }, () => ({ id, name: engine.name, capabilities: capabilitiesOf(engine) }))
        .with({ op: 'reset' }, ({ chain }) => {
          session = engine.openChain(chain)
          return { id, done: true }
        })
        .with({ op: 'deliver' }, (delivery) => ({ id, verdict: deliver(opened(), delivery) }))
        .with({ op: 'query' }, (query) => ({ id, value: ask(opened(), query) }))
        .with({ op: 'invalidate' }, ({ block }) => {
          opened().invalidate(block)
          return { id, done: true }
        })
        .with({ op: 'reconsider' }, ({ block }) => {
          opened().reconsider(block)
          return { id, done: true }
        })
        .with({ op: 'bye' }, () => ({ id, done: true }))
        .with(
          { op: P.union('verifyScript', 'signatureHash', 'checkTransaction', 'checkBlock', 'decode') },
          (question) => ({ id, value: askLibrary(engine.library, question) }),
        )
        .exhaustive()
    } catch (thrown) {
      return { id, error: thrown instanceof Error ? thrown.message : String(thrown) }
    }
  }
}

function capabilitiesOf({ capabilities, library }: Engine): (Capability | LibraryCapability)[] {
  const ofChains = [...capabilities].filter((capability) => !NOT_OVER_STDIO.has(capability))
  return [...new Set<Capability | LibraryCapability>([...ofChains, ...(library?.can ?? [])])]
}

function parseRequest(line: string): { id: number; request?: Request; error: string } {
  let json: unknown
  try {
    json = parseStrictJson(line)
  } catch (error) {
    return { id: 0, error: `expected one JSON object a line: ${(error as Error).message}` }
  }
  const id = (json as { id?: unknown } | null)?.id
  const numbered = typeof id === 'number' && Number.isInteger(id) && id >= 0 ? id : 0
  const parsed = requestSchema.safeParse(json)
  if (parsed.success) return { id: parsed.data.id, request: parsed.data, error: '' }
  const issue = parsed.error.issues[0]
  return { id: numbered, error: `${issue?.path.join('.') || 'request'}: ${issue?.message}` }
}

function deliver(session: ChainSession, request: Extract<Request, { op: 'deliver' }>): Verdict {
  const bytes = Uint8Array.from(Buffer.from(request.bytes, 'hex'))
  if (request.kind === 'header') return session.deliverHeader(bytes, request.now)
  if (request.kind === 'block') return session.deliverBlock(bytes, request.now)
  return session.deliverTransaction(bytes, request.now)
}

function ask(session: ChainSession, { what, script }: Extract<Request, { op: 'query' }>) {
  return match(what)
    .with('tip', () => {
      const { hash, height, chainWork } = session.tip()
      return { hash, height, chainWork: chainWork.toString() }
    })
    .with('coinDigest', () => session.coinDigest())
    .with('coinCount', () => session.coinCount())
    .with('balance', () => session.balanceOf(Uint8Array.from(Buffer.from(script ?? '', 'hex'))).toString())
    .with('mempool', () => [...session.mempool()])
    .with('medianTimePast', () => session.medianTimePast())
    .exhaustive()
}
