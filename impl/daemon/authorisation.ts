import type { Caller } from '../rpc/index.ts'
import type { Machine } from './machine.ts'
import { type Settings, SettingsError } from './settings.ts'

const COOKIE_USER = '__cookie__'

/** A user, and how its password is known. */
interface Credentials {
  readonly name: string
  isPassword(password: string): boolean
}

/** Who may call, and what. [Core HTTPAuthorized, InitRPCAuthentication] */
export class Authorisation {
  readonly #users: readonly Credentials[]
  readonly #whitelists: ReadonlyMap<string, ReadonlySet<string>>
  readonly #isClosedByDefault: boolean

  /** `cookie` is the secret of the cookie file; it counts unless a password is set. Throws SettingsError. */
  constructor(settings: Settings, cookie: string | undefined, machine: Machine) {
    this.#users = [
      ...(cookie === undefined ? [] : [plain(COOKIE_USER, cookie, machine)]),
      ...passwordOf(settings, machine),
      ...settings.list('rpcauth').map((entry) => hashed(entry, machine)),
    ]
    this.#whitelists = whitelistsOf(settings.list('rpcwhitelist'))
    this.#isClosedByDefault = settings.flag('rpcwhitelistdefault', this.#whitelists.size > 0)
  }

  /** The caller behind an Authorization header, or nothing. */
  caller(authorization: string | undefined): Caller | undefined {
    const encoded = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/.exec(authorization ?? '')?.[1]
    if (encoded === undefined) return undefined
    const text = decodeBase64(encoded)
    const colon = text.indexOf(':')
    if (colon < 0) return undefined
    const name = text.slice(0, colon)
    const password = text.slice(colon + 1)
    const user = this.#users
      .filter((known) => known.name === name)
      .find((known) => known.isPassword(password))
    if (user === undefined) return undefined
    return { name, mayCall: (method) => this.#mayCall(name, method) }
  }

  #mayCall(name: string, method: string): boolean {
    const allowed = this.#whitelists.get(name)
    return allowed === undefined ? !this.#isClosedByDefault : allowed.has(method)
  }
}

export function cookieLine(secret: string): string {
  return `${COOKIE_USER}:${secret}`
}

function passwordOf(settings: Settings, machine: Machine): Credentials[] {
  const password = settings.text('rpcpassword') ?? ''
  return password === '' ? [] : [plain(settings.text('rpcuser') ?? '', password, machine)]
}

function plain(name: string, secret: string, machine: Machine): Credentials {
  return { name, isPassword: (password) => machine.isSameSecret(password, secret) }
}

/** NAME:SALT$HMAC, as Core's rpcauth.py makes it. */
function hashed(entry: string, machine: Machine): Credentials {
  const parts = /^([^:]+):([^$:]+)\$([^$:]+)$/.exec(entry)
  if (parts === null) throw new SettingsError('Invalid -rpcauth argument.')
  const [, name = '', salt = '', digest = ''] = parts
  return { name, isPassword: (password) => machine.isSameSecret(machine.hmacSha256(salt, password), digest) }
}

/** Several lists for one user leave what all of them name. */
function whitelistsOf(entries: readonly string[]): Map<string, Set<string>> {
  const lists = new Map<string, Set<string>>()
  for (const entry of entries) {
    const colon = entry.indexOf(':')
    const name = colon < 0 ? entry : entry.slice(0, colon)
    const methods = new Set(
      colon < 0
        ? []
        : entry
            .slice(colon + 1)
            .split(/[,\s]+/)
            .filter((word) => word !== ''),
    )
    const before = lists.get(name)
    lists.set(name, before === undefined ? methods : new Set([...before].filter((word) => methods.has(word))))
  }
  return lists
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
  } catch {
    return ''
  }
}
