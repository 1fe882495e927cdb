import type { HeaderInContext, Upgrade } from '../../../spec/index.ts'
import { type FixtureFile, type Ground, tipOf } from '../../conformance/index.ts'
import { acceptedCoinbases } from './coinbases.ts'
import { EdgeChain } from './edge-chain.ts'
import { type LeftOut, type NamedExample, namedExamples, rejectedToday } from './examples.ts'
import { keepOne } from './keep.ts'

/** Headers around a draft's activation: a file for each side of it, for a draft comes into force once on a chain. */
export interface FilledHeaders {
  readonly files: readonly { readonly when: string; readonly file: FixtureFile }[]
  readonly leftOut: readonly LeftOut[]
}

/** Examples are about the main chain; this one has periods of four blocks. */
const EXAMPLE_PERIOD = 2016
const PERIOD = 4
const FIRST_OF_PERIOD = 3 * PERIOD
/** Seconds by which a block runs ahead, so that the next ones may be earlier: below two hours and a half. */
const AHEAD = 9000

/** A header at the first or the last block of a period, and how much later it is than what the draft compares it with. */
interface HeaderLoad extends NamedExample {
  readonly isFirst: boolean
  readonly laterSeconds: number
}

/** Headers with a draft's examples in the last block before its activation, in the first and in the second. @throws FileError when the specification and the examples disagree */
export function fillHeaders(draft: Upgrade, seed: number, draws: number): FilledHeaders {
  const leftOut: LeftOut[] = []
  const loads = namedExamples(draft, seed, draws).flatMap((named): HeaderLoad[] => {
    const header = headerIn(named)
    if (header === undefined) return []
    const place = (header.parent.height + 1) % EXAMPLE_PERIOD
    const laterSeconds = header.header.time - header.parent.header.time
    if (place === 0) return [{ ...named, isFirst: true, laterSeconds }]
    if (place === EXAMPLE_PERIOD - 1) return [{ ...named, isFirst: false, laterSeconds }]
    leftOut.push({ name: named.name, why: 'it is neither the first nor the last block of a period' })
    return []
  })
  const shapes = acceptedCoinbases(draft, seed)
  const files = [true, false].flatMap((isFirst) => {
    const own = loads.filter((load) => load.isFirst === isFirst)
    const at = isFirst ? FIRST_OF_PERIOD : FIRST_OF_PERIOD + PERIOD - 1
    return own.length === 0
      ? []
      : SIDES.flatMap(([when, offset]) => {
          const file = fileOf(new EdgeChain(draft, { base: 'tiny' }, at - offset), when, at, own)
          return file === undefined ? [] : [{ when: `${isFirst ? 'first' : 'last'}-${when}`, file }]
        })
  })
  return { files, leftOut }

  function fileOf(chain: EdgeChain, when: string, at: number, own: readonly HeaderLoad[]) {
    let kept = 0
    chain.adoptShape(chain.trunk(chain.from - 1), shapes)
    for (const load of own) {
      const ground = load.isFirst ? aheadOf(chain, at) : periodAhead(chain, at)
      const compared = load.isFirst ? tipOf(ground) : ground.at(1 - PERIOD)!.block
      const path = chain.onTop(ground, { time: compared.time + load.laterSeconds })
      const { verdict } = chain.deliverToday(path)
      if (verdict.outcome !== 'rejected') {
        keepOne(chain, load, { when, isAllowed: load.isAccepted || when === 'before', path })
        kept += 1
      } else if (when === 'at') leftOut.push({ name: load.name, why: rejectedToday(verdict.reason) })
    }
    if (kept === 0) return undefined
    return chain.file(`${draft.id} comes into force at ${chain.from}; the header is that of block ${at}`)
  }
}

/** Where the header stands: how many blocks after the first in which the draft is in force. */
const SIDES = [
  ['before', -1],
  ['at', 0],
  ['after', 1],
] as const

/** Blocks below `at`, of which the last runs ahead. */
function aheadOf(chain: EdgeChain, at: number): Ground {
  return chain.onTop(chain.trunk(at - 2), { time: `parent+${AHEAD}` })
}

/** Blocks below `at`, of which the first of the period runs ahead and the others are as early as they may. */
function periodAhead(chain: EdgeChain, at: number): Ground {
  let ground = chain.onTop(chain.trunk(at - PERIOD), { time: `parent+${AHEAD}` })
  while (ground.length < at - 1) ground = chain.onTop(ground, { time: 'mtp+1' })
  return ground
}

function headerIn({ example }: NamedExample): HeaderInContext | undefined {
  if (!('rule' in example)) return undefined
  const subject = example.subject as Partial<HeaderInContext>
  return subject.header !== undefined && subject.parent !== undefined
    ? (subject as HeaderInContext)
    : undefined
}
