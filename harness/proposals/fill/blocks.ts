import { hash, toHex, type Upgrade } from '../../../spec/index.ts'
import type { FixtureFile, Ground } from '../../conformance/index.ts'
import type { TransactionSource } from '../../scenario/index.ts'
import { activationOf, judgeUnder } from '../in-force.ts'
import { acceptedCoinbases, coinbaseIn } from './coinbases.ts'
import { EdgeChain } from './edge-chain.ts'
import {
  type EdgePath,
  type Ladder,
  ladderOn,
  pathsOfNewCoins,
  pathsOver,
  pathsOverExpiry,
} from './edge-paths.ts'
import {
  type LeftOut,
  type NamedExample,
  namedExamples,
  rejectedToday,
  type Spend,
  spendIn,
} from './examples.ts'
import { keepOne } from './keep.ts'

/** Blocks around a draft's activation, in the format of fixtures; each that is refused has one fault. */
export interface FilledBlocks {
  /** Absent where no example can be put in a block. */
  readonly file?: FixtureFile
  /** Why an example is in no block: a second fault, by Core's reject string, or what it is about. */
  readonly leftOut: readonly LeftOut[]
}

/** Above the height at which the first coinbase of regtest may be spent. */
const FROM = 108
const COINBASE_SATS = 5_000_000_000

/** Blocks with a draft's examples at the edges of its activation, on a regtest chain of their own. @throws FileError when the specification and the examples disagree */
export function fillBlocks(draft: Upgrade, seed: number, draws: number): FilledBlocks {
  const chain = new EdgeChain(draft, { base: 'regtest' }, FROM)
  const examples = namedExamples(draft, seed, draws)
  const isBound = boundUnder(draft)
  const leftOut: LeftOut[] = []
  const spends = examples.flatMap((named) => {
    const spend = spendIn(named.example)
    return spend === undefined ? [] : [{ ...named, spend }]
  })
  const coinbases = examples.flatMap((named) => {
    const shape = coinbaseIn(named)
    return shape === undefined ? [] : [{ ...named, shape }]
  })
  const { trunk, pairs, newPairs } = fundedTrunk(
    chain,
    spends.map(({ spend }) => spend),
  )
  const ladder = ladderOn(chain, trunk)
  chain.adoptShape(ladder[1]!, acceptedCoinbases(draft, seed))
  const rungs = ladderOn(chain, trunk)
  let kept = 0
  for (const [index, named] of spends.entries()) {
    const [maker, spender] = pairs[index]!
    if (isBound(named.spend, chain.story.items.named(maker).hash)) {
      leftOut.push({ name: named.name, why: 'its signature commits to the coin that it spends' })
      continue
    }
    const isSpared = draft.sparesOlderCoins === true && !('rule' in named.example)
    const load = () => ({ transactions: [spender] })
    kept += keepAll(named, [
      ...pathsOver(chain, rungs, load, !named.isAccepted && !isSpared),
      ...(chain.until === undefined || isSpared
        ? []
        : pathsOverExpiry(chain, lastRungs(chain, rungs), load, !named.isAccepted)),
      ...(isSpared ? newCoins(named, newPairs[index]!) : []),
    ])
  }
  for (const named of coinbases)
    kept += keepAll(named, [
      ...pathsOver(chain, rungs, (height) => ({ coinbase: named.shape(height) }), !named.isAccepted),
    ])
  const title = `${draft.id} comes into force at ${FROM}${chain.until === undefined ? '' : ` and ends at ${chain.until}`}`
  return { ...(kept > 0 && { file: chain.file(title) }), leftOut }

  function newCoins(named: NamedExample, pair: readonly [string, string]): EdgePath[] {
    const [maker] = pair
    const made = chain.deliver(chain.onTop(rungs[1]!, { transactions: [maker] }))
    if (made.verdict.outcome === 'connected')
      return [...pathsOfNewCoins(chain, rungs, pair, !named.isAccepted)]
    leftOut.push({ name: named.name, why: 'its coin cannot be made while the draft is in force' })
    return []
  }

  /** Keeps the paths of an example unless today's rules refuse one of them. */
  function keepAll(named: NamedExample, paths: readonly EdgePath[]): number {
    for (const { path } of paths) {
      const { verdict } = chain.deliverToday(path)
      if (verdict.outcome !== 'rejected') continue
      leftOut.push({ name: named.name, why: rejectedToday(verdict.reason) })
      return 0
    }
    for (const path of paths) keepOne(chain, named, path)
    return paths.length
  }
}

/** Whether scripts say something else once the coins of an example have another transaction's name. */
function boundUnder(draft: Upgrade): (spend: Spend, txid: string) => boolean {
  const { inputs: judge } = judgeUnder(activationOf(draft).after)
  return ({ transaction, spentOutputs }, txid) => {
    const inputs = transaction.inputs.map((input, index) => ({
      ...input,
      outpoint: { txid: hash(txid), index },
    }))
    return judge(transaction, spentOutputs) !== judge({ ...transaction, inputs }, spentOutputs)
  }
}

/** The two rungs below the end of an expiring draft. */
function lastRungs({ from, until }: EdgeChain, ladder: Ladder): readonly [Ground, Ground] {
  const at = (height: number) => ladder[height - from + 2]!
  return [at(until! - 2), at(until! - 1)]
}

/**
 * A trunk that ends two blocks below the activation. Its last block makes what each spend wants to spend; the second
 * pair of each is made by nobody yet.
 */
function fundedTrunk(
  chain: EdgeChain,
  spends: readonly Spend[],
): {
  readonly trunk: Ground
  readonly pairs: readonly (readonly [maker: string, spender: string])[]
  readonly newPairs: readonly (readonly [maker: string, spender: string])[]
} {
  const ground = chain.trunk(chain.from - 4)
  const shares = spends.length * 2
  const share = Math.floor(COINBASE_SATS / Math.max(shares, 1))
  const split = chain.transaction({
    inputs: [{ spends: `${ground[0]!.block.name}:0` }],
    outputs: Array.from({ length: shares }, () => ({ to: 'anyone', value: share })),
  })
  const pairAt = (spend: Spend, index: number): readonly [string, string] => {
    const maker = chain.transaction(makerOf(spend, `${split}:${index}`))
    return [maker, chain.transaction(spenderAimedAt(spend, maker))]
  }
  const pairs = spends.map(pairAt)
  const newPairs = spends.map((spend, index) => pairAt(spend, spends.length + index))
  if (spends.length === 0) {
    const bare = chain.onTop(chain.onTop(ground))
    return { trunk: bare, pairs, newPairs }
  }
  const withSplit = chain.onTop(ground, { transactions: [split] })
  return { trunk: chain.onTop(withSplit, { transactions: pairs.map(([maker]) => maker) }), pairs, newPairs }
}

/** Makes the outputs that an example spends; what is left goes to anybody. */
function makerOf({ spentOutputs }: Spend, coin: string): TransactionSource {
  const wanted = spentOutputs.map(({ script, value }) => ({
    to: { raw: toHex(script) },
    value: String(value),
  }))
  return { inputs: [{ spends: coin }], outputs: [...wanted, { to: 'anyone', value: 'rest' }] }
}

/** The example's transaction, byte for byte but for the outpoints. */
function spenderAimedAt({ transaction }: Spend, maker: string): TransactionSource {
  const { version, lockTime, inputs, outputs } = transaction
  return {
    version,
    lockTime,
    inputs: inputs.map(({ sequence, scriptSig, witness }, index) => ({
      spends: `${maker}:${index}`,
      sequence,
      unlock: { scriptSig: toHex(scriptSig), witness: witness.map(toHex) },
    })),
    outputs: outputs.map(({ script, value }) => ({ to: { raw: toHex(script) }, value: String(value) })),
  }
}
