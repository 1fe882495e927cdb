import type { ChainFile } from '../../ports/index.ts'
import { subsidyAt } from '../../scenario/index.ts'
import { bytesToHex, displayHash, expandBits, strippedBytes } from '../../wire/index.ts'
import { commitmentFor, commitmentScript } from './build-block.ts'
import type { CandidateTransaction, Template } from './read-candidate.ts'

/** Something that a template says and that is not so. */
export interface FalseClaim {
  /** `transactions.1.fee` */
  readonly where: string
  readonly expected: string
  readonly actual: string
}

/** Everything in a template that its own bytes contradict. [BIP22, BIP23, BIP145] */
export function falseClaims(
  template: Template,
  transactions: readonly CandidateTransaction[],
  { limits }: Pick<ChainFile, 'limits'>,
): FalseClaim[] {
  const claims: FalseClaim[] = []
  const claim = (where: string, expected: string | number, actual: string | number | undefined) => {
    if (actual !== undefined && String(actual) !== String(expected))
      claims.push({ where, expected: String(expected), actual: String(actual) })
  }
  const atMost = (where: string, max: number, actual: number | undefined) => {
    if (actual !== undefined && actual > max)
      claims.push({ where, expected: `at most ${max}`, actual: String(actual) })
  }

  const places = new Map(transactions.map(({ id }, index) => [displayHash(id), index + 1]))
  for (const [index, { raw, bytes, id, witnessId }] of transactions.entries()) {
    const said = template.transactions[index]!
    const at = `transactions.${index}`
    claim(`${at}.txid`, displayHash(id), said.txid)
    claim(`${at}.hash`, displayHash(witnessId), said.hash)
    claim(`${at}.weight`, 3 * strippedBytes(raw).length + bytes.length, said.weight)
    const parents = raw.inputs.flatMap(({ txid }) => places.get(displayHash(txid)) ?? [])
    claim(`${at}.depends`, sorted(parents), said.depends && sorted(said.depends))
    const late = parents.find((parent) => parent > index)
    if (late !== undefined)
      claims.push({
        where: at,
        expected: `to stand behind transactions.${late - 1}`,
        actual: 'it stands before',
      })
  }

  claim(
    'target',
    expandBits(Number.parseInt(template.bits, 16)).toString(16).padStart(64, '0'),
    template.target,
  )
  atMost('mintime', template.curtime, template.mintime)
  atMost('weightlimit', limits.maxBlockWeight, template.weightlimit)
  atMost('sigoplimit', limits.maxBlockSigopsCost, template.sigoplimit)
  const fees = template.transactions.map(({ fee }) => fee)
  if (fees.every((fee) => fee !== undefined)) {
    const total = fees.reduce((sum, fee) => sum + BigInt(fee), subsidyAt(template.height, limits))
    claim('coinbasevalue', String(total), template.coinbasevalue)
  }
  const sigops = template.transactions.map((transaction) => transaction.sigops ?? 0)
  atMost('transactions: sigops', template.sigoplimit ?? limits.maxBlockSigopsCost, sum(sigops))

  const commitment = template.default_witness_commitment?.toLowerCase()
  if (commitment !== undefined)
    claim('default_witness_commitment', bytesToHex(commitmentScript(transactions)), commitment)
  else if (commitmentFor(transactions) !== undefined)
    claims.push({ where: 'default_witness_commitment', expected: 'one, there are witnesses', actual: 'none' })
  return claims
}

const sorted = (places: readonly number[]) =>
  [...new Set(places)].sort((left, right) => left - right).join(', ')
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
