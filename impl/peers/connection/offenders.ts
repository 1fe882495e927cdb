import { RecentSet } from '../../collections/index.ts'

const OFFENDERS_MAX = 50_000

/** Addresses of peers that broke the protocol. The latest are remembered; those at home never. [Core BanMan::Discourage] */
export class Offenders {
  readonly #addresses = new RecentSet(OFFENDERS_MAX)

  has(address: string): boolean {
    return this.#addresses.has(address)
  }

  add(address: string): void {
    if (!isLocal(address)) this.#addresses.add(address)
  }
}

/** Whoever shares our own machine would be discouraged with one of its programs. [Core CNetAddr::IsLocal] */
function isLocal(address: string): boolean {
  return address.startsWith('127.') || address.startsWith('0.') || address === '::1'
}
