import type { CompiledBlock } from '../../scenario/index.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import { pickCoin } from './double-spends.ts'
import { spendAnew } from './forks.ts'

type BuriedSpend = Pick<ActOf<'majority'>, 'node' | 'other' | 'coin' | 'depth' | 'waitMs'>

/** Two spends of one coin of the payee's branch: one pays him, one does not. */
function preparePair(director: Director, { node, coin }: BuriedSpend) {
  const payee = director.host(node)
  const chosen = pickCoin(director, payee, coin)
  if (chosen === undefined) return undefined
  const toPayee = spendAnew(director, chosen, coin)
  const toSelf = spendAnew(director, chosen, coin + 1)
  return { payee, toPayee, toSelf, tip: director.tipOf(payee) }
}

/**
 * The attack on one confirmation: a block with the payment is shown to the payee alone, while the others hear of the
 * other spend and of a branch with more work.
 */
export function oneConfirmation(director: Director, act: ActOf<'one-confirmation'>): void {
  const pair = preparePair(director, act)
  if (pair === undefined) return
  const { payee, toPayee, toSelf, tip } = pair
  const confirmation = director.grow(tip, 1, [toPayee])
  director.send([toSelf], [director.host(act.other)])
  director.send(names(confirmation), [payee], { via: 'peer' })
  const branch = director.grow(tip, 2, [toSelf])
  director.later(act.waitMs, () => director.send(names(branch), [director.host(act.other)]))
  director.world.mark('one-confirmation')
}

/** With most of the work on his side the attacker waits until the payment is buried deep, and brings a longer branch. */
export function majority(director: Director, act: ActOf<'majority'>): void {
  const pair = preparePair(director, act)
  if (pair === undefined) return
  const { payee, toPayee, toSelf, tip } = pair
  director.send(names(director.grow(tip, act.depth, [toPayee])), [payee])
  const secret = director.grow(tip, act.depth + 1, [toSelf])
  director.later(act.waitMs, () => director.send(names(secret), [director.host(act.other)]))
  director.world.mark('majority')
}

/** The payee hears of nobody but the attacker, who shows him the payment in blocks of his own. [Heilman et al. 2015] */
export function eclipse(director: Director, act: ActOf<'eclipse'>): void {
  const pair = preparePair(director, act)
  const others = director.world.hosts.filter((host) => host !== pair?.payee)
  if (pair === undefined || others.length === 0) return
  const { payee, toPayee, toSelf, tip } = pair
  director.perform({ do: 'partition', groups: [[payee.name], others.map((host) => host.name)] })
  director.send(names(director.grow(tip, act.depth, [toPayee])), [payee], { via: 'peer' })
  director.send([toSelf], [others[act.other % others.length]!])
  const honest = director.grow(tip, act.depth + 1, [toSelf])
  director.later(act.waitMs, () => director.send(names(honest), [others[act.other % others.length]!]))
  director.later(act.waitMs + 1_000, () => director.perform({ do: 'heal' }))
  director.world.mark('eclipse')
}

/** One miner, two blocks for one place, each with another spend of the same coin: neither was first everywhere. */
export function equivocate(director: Director, { node, other, coin }: ActOf<'equivocate'>): void {
  const pair = preparePair(director, { node, other, coin, depth: 1, waitMs: 0 })
  if (pair === undefined) return
  const { payee, toPayee, toSelf, tip } = pair
  director.send(names(director.grow(tip, 1, [toPayee])), [payee])
  director.send(names(director.grow(tip, 1, [toSelf])), [director.host(other)])
  director.world.mark('equivocate')
}

/**
 * Selfish mining: a lead is kept secret, and shown when the honest miners have found a block, longer than theirs.
 * [Eyal and Sirer 2014]
 */
export function selfish(director: Director, { node, lead, waitMs }: ActOf<'selfish'>): void {
  const host = director.host(node)
  if (!host.running) return
  const tip = director.tipOf(host)
  const secret = director.grow(tip, lead)
  director.send(names(director.grow(tip, 1)), [host])
  director.later(waitMs, () => {
    const goal = director.tipOf(host).chainWork
    while (secret.at(-1)!.chainWork <= goal && !director.isTooHard(secret.at(-1)!))
      secret.push(...director.grow(secret.at(-1)!, 1))
    director.send(names(secret), [host])
    director.world.mark('selfish')
  })
}

const names = (blocks: readonly CompiledBlock[]) => blocks.map((block) => block.name)
