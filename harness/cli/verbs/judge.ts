import { Command } from 'commander'
import { chainLookup, createEngine, createRpcClient } from '../../adapters/index.ts'
import {
  type AskNode,
  askSurroundings,
  type Candidate,
  chainOfGenesis,
  judgeTemplate,
  readCandidate,
  type Surroundings,
  spendingOf,
  type TemplateJudgement,
} from '../../conformance/index.ts'
import { inFile, readText } from '../../files/index.ts'
import type { ChainFile } from '../../ports/index.ts'
import { bytesToHex } from '../../wire/index.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type ExitCode, type VerbContext, type VerbResult, verb } from '../verb.ts'

interface JudgeOptions {
  readonly template: string
  readonly chain?: string
  readonly rpc?: string
  readonly cookie?: string
}

/** `touchstone judge --template FILE|-` */
export function judgeCommand(context: VerbContext): Command {
  const command = new Command('judge')
    .description('judge a block template, or a block, before anybody hashes')
    .requiredOption(
      '--template <file>',
      'a getblocktemplate answer in JSON or a block in hex; - is standard input',
    )
    .option('--chain <name>', "the chain it is for (default: that of --rpc's node, else bitcoin)")
    .option('--rpc <url>', 'a node to ask for coins and times, http://user:password@host:port')
    .option('--cookie <file>', 'the cookie file of that node, instead of user and password')
  return verb<JudgeOptions>(command, context, async (terminal, options) => judge(terminal, options))
}

async function judge(terminal: Terminal, options: JudgeOptions): Promise<VerbResult> {
  const text = options.template === '-' ? await readStdin() : readText(options.template)
  const name = options.template === '-' ? 'standard input' : options.template
  const candidate = inFile(name, () => readCandidate(text))
  const node = options.rpc === undefined ? undefined : openNode(options.rpc, options.cookie)
  if (node === undefined && options.cookie !== undefined)
    throw new UsageError('--cookie: expected --rpc with it')
  try {
    const surroundings = node && (await surroundingsOf(node, candidate, options.chain))
    const chain = chainFor(options.chain, surroundings?.genesis)
    const judgement = judgeTemplate({
      candidate,
      chain,
      ...(surroundings !== undefined && { surroundings }),
      now: Math.floor(Date.now() / 1000),
      engines: [createEngine('spec'), createEngine('node')],
    })
    const remote = node && (await propose(node, judgement.block))
    return printJudgement(terminal, chain, judgement, remote)
  } finally {
    node?.close()
  }
}

interface RemoteNode {
  readonly name: string
  readonly ask: AskNode
  close(): void
}

function openNode(text: string, cookie: string | undefined): RemoteNode {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' || url.port === '')
    throw new UsageError(`--rpc ${text}: expected http://user:password@host:port`)
  const credentials =
    cookie === undefined
      ? `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
      : readText(cookie).trim()
  const client = createRpcClient({ host: url.hostname, port: Number(url.port), credentials })
  const ask: AskNode = async (method, ...params) => {
    const answer = await client.call(method, params)
    return 'error' in answer ? undefined : answer.result
  }
  return { name: url.host, ask, close: client.close }
}

async function surroundingsOf(
  { name, ask }: RemoteNode,
  candidate: Candidate,
  wanted: string | undefined,
): Promise<Surroundings> {
  try {
    return await askSurroundings(
      ask,
      spendingOf(candidate) ?? [],
      (genesis) => chainFor(wanted, genesis).limits,
    )
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--rpc ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function chainFor(wanted: string | undefined, genesis: string | undefined): ChainFile {
  const found = genesis === undefined ? undefined : chainOfGenesis(genesis)
  const name = wanted ?? found ?? 'bitcoin'
  const chain = chainLookup(name)
  if (chain === undefined) throw new UsageError(`--chain ${name}: unknown chain`)
  if (genesis !== undefined && found !== name)
    throw new UsageError(`--chain ${name}: the node of --rpc is on ${found ?? 'a chain that is not known'}`)
  return chain
}

/** What the node itself answers to the proposal [BIP23]; undefined where it judges none. */
async function propose({ name, ask }: RemoteNode, block: Uint8Array): Promise<[string, string] | undefined> {
  const request = { mode: 'proposal', data: bytesToHex(block), rules: ['segwit', 'signet'] }
  const answer = await ask('getblocktemplate', request)
  return answer === undefined ? undefined : [name, answer === null ? 'ok' : String(answer)]
}

function printJudgement(
  terminal: Terminal,
  chain: ChainFile,
  judgement: TemplateJudgement,
  remote: readonly [string, string] | undefined,
): VerbResult {
  const { proposal, verdicts, fault, claims, unknown, block } = judgement
  for (const { name, verdict } of verdicts) terminal.line(`${name.padEnd(10)} ${verdict}`)
  if (remote !== undefined) terminal.line(`${remote[0]} answers the proposal with ${remote[1]}`)
  for (const { where, expected, actual } of claims)
    terminal.line(`template   ${where}: expected ${expected}, got ${actual}`)
  if (fault !== undefined) terminal.line(`block      ${fault}`)
  for (const what of unknown) terminal.line(`not judged ${what}`)
  const isDivided = isDividedOn(judgement, remote)
  const word = isDivided ? 'divided' : (proposal ?? 'accepted')
  terminal.line(`${chain.name}: ${word}`)
  const exitCode: ExitCode = isDivided
    ? 1
    : proposal === null
      ? 0
      : proposal.startsWith('inconclusive')
        ? 3
        : 1
  const json = {
    chain: chain.name,
    proposal,
    verdicts,
    remote,
    fault,
    claims,
    unknown,
    block: bytesToHex(block),
  }
  return { exitCode, json }
}

/** Whether those who judged the block do not agree on whether it is good. */
function isDividedOn(
  { verdicts, fault }: TemplateJudgement,
  remote: readonly [string, string] | undefined,
): boolean {
  const isGood = verdicts.map(({ verdict }) => verdict === 'ok')
  if (new Set(isGood).size > 1) return true
  return remote !== undefined && (fault === undefined) !== (remote[1] === 'ok')
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
