import { MODELS, type Module, type NetworkState, waysOf } from '../../../spec/index.ts'
import { stateKeys } from '../../checker/index.ts'
import type { Director } from '../adversary/director.ts'
import type { Host } from '../simulator/host.ts'
import type { RandomStream } from '../simulator/random.ts'
import type { NetworkLens, TourPayment } from './network-lens.ts'

/** The network model that tours visit: three nodes, four blocks, one cut, one crash. */
export const TOURED: Module<NetworkState> = MODELS.get('network')!.withPreset('tiny')

/** Something that may be done next. */
interface Candidate {
  readonly action: string
  // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
  readonly choice: any
  /** Whether it leads to a state that is not visited yet. */
  readonly isFresh: boolean
}

interface EpisodeSetup {
  readonly director: Director
  readonly lens: NetworkLens
  /** The node that may crash: it has stored what all agreed on. */
  readonly victim: Host
  readonly payments: Readonly<Record<Exclude<TourPayment, 'none'>, string>>
  readonly stream: RandomStream
  /** Keys of the states that were seen, to which this one's are added. */
  readonly visited: Set<string>
}

/** How likely a kind of action is beside the others: an episode draws one for each. */
const WEIGHTS = [1, 2, 4, 12] as const
const keyOf = stateKeys(TOURED)

/** Carries out, act by act, what the network model lets happen on nodes that begin as it does. */
export class Episode {
  readonly #setup: EpisodeSetup
  readonly #weights: ReadonlyMap<string, number>

  constructor(setup: EpisodeSetup) {
    this.#setup = setup
    this.#weights = new Map(TOURED.actions.map(({ name }) => [name, setup.stream.pick(WEIGHTS)]))
    this.see()
  }

  settled(host: Host): void {
    this.#setup.lens.settled(host)
    this.see()
  }

  restarted(host: Host): void {
    this.#setup.lens.restarted(host)
  }

  /** Adds the state in which the nodes are to those visited. */
  see(): NetworkState | undefined {
    const { lens, visited } = this.#setup
    const view = lens.look()
    if (view !== undefined) visited.add(keyOf(view))
    return view
  }

  /** Does what leads to a state that is not visited yet; where there is none, something else. */
  act(): void {
    const view = this.see()
    if (view === undefined || this.#setup.lens.isMining) return
    const candidates = this.#candidates(view)
    const fresh = candidates.filter(({ isFresh }) => isFresh)
    const next = this.#choose(fresh.length > 0 ? fresh : candidates)
    if (next !== undefined) this.#carryOut(view, next)
  }

  #candidates(view: NetworkState): readonly Candidate[] {
    const { victim, visited } = this.#setup
    return TOURED.actions.flatMap((action) =>
      // biome-ignore lint/suspicious/noExplicitAny: each action has choices of its own
      action.choices.flatMap((choice: any): readonly Candidate[] => {
        if (waysOf(action, view, choice) === 0) return []
        if (action.name === 'Crash' && choice.node !== victim.name) return []
        const isFresh = !visited.has(keyOf({ ...view, ...action.next(view, choice) }))
        return [{ action: action.name, choice, isFresh }]
      }),
    )
  }

  /** One of the kinds of action by its weight, and one of its choices. */
  #choose(candidates: readonly Candidate[]): Candidate | undefined {
    const { stream } = this.#setup
    const kinds = [...this.#weights].flatMap(([kind, weight]) => {
      const ofKind = candidates.filter(({ action }) => action === kind)
      return ofKind.length === 0 ? [] : Array.from({ length: weight }, () => ofKind)
    })
    return kinds.length === 0 ? undefined : stream.pick(stream.pick(kinds))
  }

  #carryOut(view: NetworkState, { action, choice }: Candidate): void {
    const { director, lens } = this.#setup
    const { node, miner, block, far = [] } = choice
    const names = director.hosts.map(({ name }) => name)
    const hostOf = (name: string) => director.hosts[names.indexOf(name)]!
    if (action === 'Mine') this.#mine(hostOf(miner), choice.payment)
    else if (action === 'Receive') director.send([lens.nameOf(block)], [hostOf(node)])
    else if (action === 'Crash') {
      lens.crashesLeft--
      director.perform({ do: 'crash', node, survives: this.#survives(view.known[node]!.length) })
    } else if (action === 'Restart') director.perform({ do: 'restart', node })
    else if (action === 'Heal') director.perform({ do: 'heal' })
    else {
      lens.cutsLeft--
      director.perform({ do: 'partition', groups: [far, names.filter((name) => !far.includes(name))] })
    }
    if (action === 'Heal' || action === 'Cut') lens.far = far
    director.later(0, () => this.see())
  }

  #mine(host: Host, payment: TourPayment): void {
    const { director, lens, payments } = this.#setup
    const block = director.addBlock({
      extends: director.tipOf(host).name,
      transactions: payment === 'none' ? [] : [payments[payment]],
    })
    lens.mined(block, payment)
    director.send([block.name], [host])
  }

  /** Share of what was not stored, in 256ths, with which some of so many blocks survive, the next one torn. */
  #survives(blocks: number): number {
    const kept = this.#setup.stream.pick(Array.from({ length: blocks + 1 }, (_, count) => count))
    return kept === blocks ? 256 : Math.floor((256 * (kept + 0.5)) / blocks)
  }
}
