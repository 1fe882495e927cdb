import { facetOf } from '../../adapters/index.ts'
import type { ChainFile, Engine } from '../../ports/index.ts'
import { flagsAt } from '../fork-flags.ts'
import { assembleBlock } from './build-block.ts'
import { type FalseClaim, falseClaims } from './claims.ts'
import { easeProofOfWork } from './ease.ts'
import type { Candidate, CandidateTransaction } from './read-candidate.ts'
import { type CandidateCoin, feeOf, previousOf, type Surroundings } from './surroundings.ts'

/** What is said of a candidate, as far as it can be determined. */
export interface TemplateJudgement {
  /** As BIP23 answers a proposal: null when nothing is wrong, a reason, or `inconclusive`. */
  readonly proposal: string | null
  /** What each engine says: `ok`, Core's reject string, or `script: NAME`. */
  readonly verdicts: readonly { readonly name: string; readonly verdict: string }[]
  /** What is wrong with the block: by an engine, by a coin that is not there, or by BIP22's word for another parent. */
  readonly fault?: string
  readonly claims: readonly FalseClaim[]
  /** What could not be judged. */
  readonly unknown: readonly string[]
  /** The block, with no work done on it. */
  readonly block: Uint8Array
}

export interface TemplateQuestion {
  readonly candidate: Candidate
  readonly chain: ChainFile
  /** What a node knows of the chain below; without it coins, times and the height are unknown. */
  readonly surroundings?: Surroundings
  /** Unix seconds. */
  readonly now: number
  readonly engines: readonly Engine[]
}

/** Says what engines say of a block before anybody hashes; its proof of work is the one thing left out. */
export function judgeTemplate(question: TemplateQuestion): TemplateJudgement {
  const { candidate, chain, surroundings, now, engines } = question
  const assembled = assembleBlock(candidate)
  const spending = spendingOf(candidate)
  const height = candidate.kind === 'template' ? candidate.template.height : surroundings?.height
  const claims = candidate.kind === 'template' ? templateClaims(candidate, question) : []
  const isElsewhere = surroundings !== undefined && previousOf(assembled.header) !== surroundings.tip
  const { coins, missing } = coinsOf(surroundings, isElsewhere)
  const eased = easeProofOfWork(withoutSolution(chain, candidate), assembled)
  const block = Uint8Array.of(...assembled.header, ...assembled.body)
  const verdicts = engines.map((engine) => ({ name: engine.name, verdict: verdictOf(engine) }))
  const unknown = [
    ...(surroundings === undefined
      ? ['the chain below it: coins, scripts, times, lock times, difficulty']
      : []),
    ...(isElsewhere ? ['it does not stand on the tip: coins, times and lock times'] : []),
    ...(spending === undefined ? ['its transactions'] : []),
  ]
  const first = verdicts.map(({ verdict }) => verdict).find((verdict) => verdict !== 'ok')
  const fault = first ?? missing ?? (isElsewhere ? ELSEWHERE : undefined)
  const complaint = claims.length > 0 ? 'rejected' : undefined
  return {
    proposal: fault ?? complaint ?? (unknown.length > 0 ? 'inconclusive' : null),
    verdicts,
    ...(fault !== undefined && { fault }),
    claims,
    unknown,
    block,
  }

  /** By itself, on its parent, and by what it spends. */
  function verdictOf(engine: Engine): string {
    const contextFree = facetOf(engine, 'contextFree')
    const single = {
      chain: eased.chain,
      block: eased.block,
      // At an unknown height a candidate is of today: all that the chain will ever have is in force.
      flags: flagsAt(chain, height ?? Number.MAX_SAFE_INTEGER),
    }
    if (surroundings === undefined || isElsewhere) return contextFree.checkBlock(single)
    const byItself = contextFree.checkBlock(single)
    if (byItself !== 'ok') return byItself
    const { ancestors, medianTime } = surroundings
    const parentHeight = surroundings.height - 1
    const onParent = contextFree.checkOnParent({ chain, block, ancestors, parentHeight, now })
    if (onParent !== 'ok' || coins === undefined) return onParent
    const origins = coins.map(({ origin }) => origin)
    const place = { height: surroundings.height, medianTime, origins }
    return contextFree.checkBlock({ ...single, spentOutputs: coins, place })
  }
}

const ELSEWHERE = 'inconclusive-not-best-prevblk'

/** Every transaction but the coinbase; undefined where they cannot be read. */
export function spendingOf(candidate: Candidate): readonly CandidateTransaction[] | undefined {
  return candidate.kind === 'template' ? candidate.transactions : candidate.transactions?.slice(1)
}

function templateClaims(
  { template, transactions }: Extract<Candidate, { kind: 'template' }>,
  { chain, surroundings }: TemplateQuestion,
): FalseClaim[] {
  const claims = falseClaims(template, transactions, chain)
  if (surroundings === undefined) return claims
  if (template.height !== surroundings.height)
    claims.push({ where: 'height', expected: String(surroundings.height), actual: String(template.height) })
  let next = 0
  for (const [index, transaction] of transactions.entries()) {
    const coins = surroundings.coins.slice(next, next + transaction.raw.inputs.length)
    next += transaction.raw.inputs.length
    const said = template.transactions[index]!.fee
    if (said === undefined || coins.some((coin) => coin === undefined)) continue
    const fee = feeOf(transaction, coins as CandidateCoin[])
    if (BigInt(said) !== fee)
      claims.push({ where: `transactions.${index}.fee`, expected: String(fee), actual: String(said) })
  }
  return claims
}

/** All coins, or the word for it that one is not there. */
function coinsOf(
  surroundings: Surroundings | undefined,
  isElsewhere: boolean,
): { readonly coins?: readonly CandidateCoin[]; readonly missing?: string } {
  if (surroundings === undefined || isElsewhere) return {}
  const coins = surroundings.coins.filter((coin) => coin !== undefined)
  return coins.length < surroundings.coins.length ? { missing: 'bad-txns-inputs-missingorspent' } : { coins }
}

/** A template has no signet solution yet: its signer adds that. [BIP325] */
function withoutSolution(chain: ChainFile, { kind }: Candidate): ChainFile {
  const { signetChallenge: _, ...open } = chain
  return kind === 'template' ? open : chain
}
