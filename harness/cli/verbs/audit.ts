import { Command } from 'commander'
import { createRpcClient } from '../../adapters/index.ts'
import { type Audit, type AuditedNode, audit } from '../../conformance/index.ts'
import { readText } from '../../files/index.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'

interface AuditOptions {
  readonly cookie?: readonly string[]
}

/** `touchstone audit URL…` */
export function auditCommand(context: VerbContext): Command {
  const command = new Command('audit')
    .description('compare the books of several nodes')
    .argument('<url...>', 'nodes, http://user:password@host:port; the first is compared with each other one')
    .option('--cookie <file...>', 'cookie files instead of users and passwords, in the order of the nodes')
  return verb<AuditOptions>(command, context, async (terminal, options, urls) =>
    compare(terminal, urls, options.cookie ?? []),
  )
}

async function compare(
  terminal: Terminal,
  urls: readonly string[],
  cookies: readonly string[],
): Promise<VerbResult> {
  if (urls.length < 2) throw new UsageError('audit: expected two nodes or more')
  if (cookies.length > 0 && cookies.length !== urls.length)
    throw new UsageError(`--cookie: expected ${urls.length} files, one for each node`)
  const nodes = urls.map((url, i) => openNode(url, cookies[i]))
  try {
    const found = await audit(nodes)
    return printAudit(terminal, nodes[0]!.name, found)
  } finally {
    for (const node of nodes) node.close()
  }
}

function openNode(text: string, cookie: string | undefined): AuditedNode & { close(): void } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' || url.port === '')
    throw new UsageError(`${text}: expected http://user:password@host:port`)
  const named = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  const credentials = cookie === undefined ? named : readText(cookie).trim()
  const client = createRpcClient({ host: url.hostname, port: Number(url.port), credentials })
  const ask = async <Result>(method: string, ...params: unknown[]): Promise<Result | undefined> => {
    const answer = await client.call(method, params).catch((error: Error) => {
      throw new UsageError(`${url.host}: ${error.message}`)
    })
    return 'error' in answer ? undefined : (answer.result as Result)
  }
  return {
    name: url.host,
    height: async () => (await ask<number>('getblockcount')) ?? 0,
    blockAt: (height) => ask<string>('getblockhash', height),
    coins: async () => {
      const found = await ask<{ height: number; muhash: string; total_amount: number }>(
        'gettxoutsetinfo',
        'muhash',
      )
      return found && { height: found.height, digest: found.muhash, amount: found.total_amount.toFixed(8) }
    },
    bookAt: (height) => bookAt(url, height),
    close: client.close,
  }
}

/** The trial balance as our nodes serve it by REST; undefined of others. */
async function bookAt({ origin }: URL, height: number): Promise<string | undefined> {
  const answer = await fetch(`${origin}/rest/ledger/balance/${height}.json`).catch(() => undefined)
  return answer?.ok === true ? (await answer.text()).trim() : undefined
}

function printAudit(terminal: Terminal, first: string, found: Audit): VerbResult {
  const { height, differences, isComplete, open } = found
  for (const line of open) terminal.line(`not compared  ${line}`)
  for (const { node, kind, height: at, expected, actual } of differences) {
    terminal.line(`${kind} of ${node} differ from height ${at} on`)
    terminal.line(`  ${first}: ${expected}`)
    terminal.line(`  ${node}: ${actual}`)
  }
  if (differences.length === 0) terminal.line(`no difference up to height ${height}`)
  return { exitCode: differences.length > 0 ? 1 : isComplete ? 0 : 3, json: found }
}
