import type fc from 'fast-check'
import { chainLookup } from '../../../adapters/index.ts'
import { type Story, story } from '../../../generators/index.ts'
import type { ChainOffers } from '../../../ports/index.ts'

type Variant = Story['chain']
type Deployments = NonNullable<Variant['deployments']>
type Deployment = NonNullable<Deployments[keyof Deployments]>

/** Generated stories, played on the nearest chain that a target can be opened on. */
export function storiesWithin(offers: ChainOffers): fc.Arbitrary<Story> {
  const { proofOfWork } = offers
  const isOffered = ({ chain }: Story) =>
    proofOfWork === undefined || proofOfWork.includes(chainLookup(chain.base)!.proofOfWork)
  return story.filter(isOffered).map((drawn) => ({ ...drawn, chain: nearest(drawn.chain, offers) }))
}

/** Limits that cannot be moved stay; a soft fork that cannot begin so begins in the first way that is offered. */
function nearest(chain: Variant, { deployments = {}, limits }: ChainOffers): Variant {
  const kept = Object.entries(chain.limits ?? {}).filter(([limit]) => limits?.includes(limit) !== false)
  const begun = Object.entries(chain.deployments ?? {}).map(([id, deployment]) => {
    const kinds: readonly string[] | undefined = deployments[id as keyof Deployments]
    const isOffered = kinds === undefined || kinds.includes(deployment.kind)
    return [id, isOffered ? deployment : beginning(kinds, deployment)]
  })
  return { ...chain, limits: Object.fromEntries(kept), deployments: Object.fromEntries(begun) }
}

/** Where a fork by height begins that would have begun otherwise. */
const HEIGHT = 12

function beginning(kinds: readonly string[], instead: Deployment): Deployment {
  if (kinds.includes('height')) return { kind: 'height', height: HEIGHT }
  if (kinds.includes('always')) return { kind: 'always' }
  if (kinds.includes('never')) return { kind: 'never' }
  // It begins by signals or by time only, which cannot be made up here: the target may abstain.
  return instead
}
