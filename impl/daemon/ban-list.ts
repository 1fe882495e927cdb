import { compareSubnets, isInSubnet, subnetOf } from './subnet.ts'

/** An address or subnet that may not connect; times in Unix seconds. */
export interface Ban {
  readonly address: string
  readonly created: number
  readonly until: number
}

/** The subnets that the operator banned, kept over restarts. [Core BanMan] */
export class BanList {
  readonly #bans = new Map<string, Ban>()
  readonly #now: () => number
  readonly #defaultSeconds: number
  readonly #save: (bans: readonly Ban[]) => void

  /** `now` in seconds; `save` keeps the list after each change. */
  constructor(
    bans: readonly Ban[],
    defaultSeconds: number,
    now: () => number,
    save: (bans: readonly Ban[]) => void,
  ) {
    this.#now = now
    this.#defaultSeconds = defaultSeconds
    this.#save = save
    for (const ban of bans) this.#bans.set(ban.address, ban)
  }

  /** Those that have not run out, in the order of their addresses. */
  all(): Ban[] {
    const now = this.#now()
    for (const { address, until } of this.#bans.values()) if (until <= now) this.#bans.delete(address)
    return [...this.#bans.values()].sort((a, b) => compareSubnets(a.address, b.address))
  }

  /** Whether somebody at an address, without its port, may not connect. */
  isBanned(host: string): boolean {
    return this.#bans.size > 0 && this.all().some(({ address }) => isInSubnet(host, address))
  }

  /** A subnet that is banned already is so in this very form; a host, in any subnet. `until` in Unix seconds, or else the usual time. */
  add(text: string, until: number | undefined): 'banned' | 'already' | 'invalid' {
    const address = subnetOf(text)
    if (address === undefined) return 'invalid'
    const created = this.#now()
    const isOneHost = !text.includes('/')
    if (this.all().some((ban) => ban.address === address) || (isOneHost && this.isBanned(text)))
      return 'already'
    this.#bans.set(address, { address, created, until: until ?? created + this.#defaultSeconds })
    this.#save(this.all())
    return 'banned'
  }

  remove(text: string): boolean {
    const isGone = this.#bans.delete(subnetOf(text) ?? '')
    if (isGone) this.#save(this.all())
    return isGone
  }

  clear(): void {
    this.#bans.clear()
    this.#save([])
  }
}
