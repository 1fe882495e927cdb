import { verdictText } from '../../../reports/index.ts'
import { Abstention } from '../../adapters/index.ts'
import type { Capability, HashHex, Strictness, Verdict } from '../../ports/index.ts'
import type { CompiledItem, CompiledScenario, Expectation } from '../../scenario/index.ts'
import { createForge, sats } from '../../scenario/index.ts'

/** What an expectation may ask of a running node. */
export interface NodeObservation {
  /** The last verdict that this node gave on the item; undefined before the first. */
  verdictOf(item: CompiledItem): Verdict | undefined
  tip(): { readonly hash: HashHex; readonly height: number }
  coinDigest(): string
  balanceOf(script: Uint8Array): bigint
  mempool(): readonly HashHex[]
}

/** All that is needed to judge expectations. */
export interface ExpectationContext {
  readonly compiled: CompiledScenario
  /** undefined while the node is down. */
  observe(node: string): NodeObservation | undefined
  /** The digest that the reference engine has after this block; undefined when there is no reference. */
  digestAfter(block: string): string | undefined
  readonly strictness: Strictness
  readonly capabilities: ReadonlySet<Capability>
}

/** `holds` is undefined where the target cannot be asked. */
export interface Finding {
  readonly holds: boolean | undefined
  readonly expected: string
  readonly actual: string
}

/** Judges every condition of an expectation on each of its nodes; the first that does not hold is reported. */
export function judge(expectation: Expectation, context: ExpectationContext): Finding {
  const nodes = expectation.nodes ?? context.compiled.nodes.map((node) => node.name)
  const findings = nodes.flatMap((name) => {
    const node = context.observe(name)
    if (node === undefined) return [{ holds: false, expected: `${name} is up`, actual: `${name} is down` }]
    return findingsOf(expectation, node, context).map((finding) => ({
      ...finding,
      expected: nodes.length > 1 ? `${name}: ${finding.expected}` : finding.expected,
      actual: nodes.length > 1 ? `${name}: ${finding.actual}` : finding.actual,
    }))
  })
  const all = expectation.agree === undefined ? findings : [...findings, agreement(nodes, context)]
  return (
    all.find((finding) => finding.holds === false) ??
    all.find((finding) => finding.holds === undefined) ?? {
      holds: true,
      expected: all.map((finding) => finding.expected).join(', '),
      actual: all.map((finding) => finding.actual).join(', '),
    }
  )
}

/** What a node abstains from cannot be asked of it. */
function findingsOf(expectation: Expectation, node: NodeObservation, context: ExpectationContext): Finding[] {
  try {
    return conditions(expectation, node, context)
  } catch (error) {
    if (!(error instanceof Abstention)) throw error
    return [{ holds: undefined, expected: 'an answer', actual: `it abstained: ${error.message}` }]
  }
}

function conditions(expectation: Expectation, node: NodeObservation, context: ExpectationContext): Finding[] {
  const { compiled } = context
  const findings: Finding[] = []
  if (expectation.verdict !== undefined) findings.push(judgeVerdict(expectation.verdict, node, context))
  if (expectation.tip !== undefined) {
    const wanted = [expectation.tip].flat()
    const { hash } = node.tip()
    const holds = wanted.some((name) => compiled.items.get(name)!.hash === hash)
    findings.push({ holds, expected: `tip ${wanted.join(' or ')}`, actual: `tip ${nameOf(hash, compiled)}` })
  }
  if (expectation.height !== undefined) {
    const { height } = node.tip()
    findings.push(equal('height', expectation.height, height))
  }
  if (expectation.digestOf !== undefined) findings.push(judgeDigest(expectation.digestOf, node, context))
  if (expectation.balance !== undefined) {
    const forge = forgeOf(compiled)
    for (const { of, is } of [expectation.balance].flat())
      findings.push(equal(`balance of ${JSON.stringify(of)}`, sats(is), node.balanceOf(forge.script(of))))
  }
  if (expectation.mempool !== undefined) {
    const pool = new Set(node.mempool())
    const has = (name: string) => pool.has(compiled.items.get(name)!.hash)
    for (const name of expectation.mempool.has)
      findings.push({
        holds: has(name),
        expected: `mempool has ${name}`,
        actual: `mempool ${listed(pool, compiled)}`,
      })
    for (const name of expectation.mempool.lacks)
      findings.push({
        holds: !has(name),
        expected: `mempool lacks ${name}`,
        actual: `mempool ${listed(pool, compiled)}`,
      })
  }
  return findings
}

function judgeVerdict(
  wanted: NonNullable<Expectation['verdict']>,
  node: NodeObservation,
  { compiled, strictness, capabilities }: ExpectationContext,
): Finding {
  const verdict = node.verdictOf(compiled.items.get(wanted.item)!)
  const outcomes = [wanted.outcome].flat()
  const reasons = wanted.reason === undefined ? undefined : [wanted.reason].flat()
  const words = { outcome: outcomes.join(' or '), class: wanted.class, reason: reasons?.join(' or ') }
  const expected = `${wanted.item} ${verdictText(words)}`
  const actual = `${wanted.item} ${verdict === undefined ? 'not judged' : verdictText(verdict)}`
  if (verdict === undefined || !outcomes.includes(verdict.outcome)) return { holds: false, expected, actual }
  const ownClass = 'class' in verdict ? verdict.class : undefined
  const isClassUnknown = 'isClassUnknown' in verdict
  const checks = [
    check(
      wanted.class !== undefined && strictness !== 'verdict',
      'classes',
      isClassUnknown || ownClass === wanted.class,
    ),
    check(
      reasons !== undefined && strictness === 'exact',
      'reasons',
      reasons?.includes(verdict.reason ?? '') ?? true,
    ),
  ]
  const holds = checks.includes(false) ? false : checks.includes(undefined) ? undefined : true
  return { holds, expected, actual }

  function check(asked: boolean, need: Capability, same: boolean): boolean | undefined {
    if (!asked) return true
    return capabilities.has(need) ? same : undefined
  }
}

function judgeDigest(block: string, node: NodeObservation, context: ExpectationContext): Finding {
  const wanted = context.digestAfter(block)
  const expected = `coins of ${block}`
  if (wanted === undefined) return { holds: undefined, expected, actual: 'no reference to compare with' }
  const own = node.coinDigest()
  return { holds: own === wanted, expected: `${expected} (${wanted})`, actual: `coin digest ${own}` }
}

function agreement(nodes: readonly string[], context: ExpectationContext): Finding {
  const tips = nodes.map((node) => context.observe(node)?.tip().hash ?? 'down')
  const actual = nodes.map((node, index) => `${node} at ${nameOf(tips[index]!, context.compiled)}`).join(', ')
  return { holds: new Set(tips).size === 1, expected: `${nodes.join(', ')} agree`, actual }
}

function equal(what: string, wanted: number | bigint, own: number | bigint): Finding {
  return { holds: wanted === own, expected: `${what} ${wanted}`, actual: `${what} ${own}` }
}

function listed(pool: ReadonlySet<HashHex>, compiled: CompiledScenario): string {
  return `holds ${[...pool].map((hash) => nameOf(hash, compiled)).join(', ') || 'nothing'}`
}

function nameOf(hash: HashHex, compiled: CompiledScenario): string {
  return compiled.names.get(hash) ?? hash
}

function forgeOf(compiled: CompiledScenario) {
  return createForge(compiled.chainFile, compiled.startTimeMs / 1000, compiled.scenario)
}
