import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Authorisation, cookieLine, type Log, type Settings, SettingsError } from '../daemon/index.ts'
import { machine } from './machine.ts'

const COOKIE_BYTES = 32
const COOKIE_MODES: Readonly<Record<string, number>> = { owner: 0o600, group: 0o640, all: 0o644 }

/** Who may call, and what takes away the cookie file that says so. Throws SettingsError. */
export function openRpc(
  settings: Settings,
  directory: string,
  log: Log,
): { authorisation: Authorisation; forget: () => void } {
  try {
    const name = settings.text('rpccookiefile') ?? '.cookie'
    const hasPassword = (settings.text('rpcpassword') ?? '') !== ''
    const file = hasPassword || name === '0' ? undefined : path.resolve(directory, name)
    const cookie = file === undefined ? undefined : writeCookie(settings, file)
    const authorisation = new Authorisation(settings, cookie, machine)
    return { authorisation, forget: () => file !== undefined && fs.rmSync(file, { force: true }) }
  } catch (error) {
    log.error((error as Error).message, { event: 'rpc-failed' })
    throw new SettingsError('Unable to start HTTP server. See debug log for details.')
  }
}

/** The secret of the cookie file, which every start replaces. */
function writeCookie(settings: Settings, file: string): string {
  const secret = randomBytes(COOKIE_BYTES).toString('hex')
  const mode = COOKIE_MODES[settings.text('rpccookieperms') ?? 'owner']
  if (mode === undefined) throw new SettingsError('Invalid -rpccookieperms: expected owner, group or all')
  const draft = `${file}.tmp`
  fs.writeFileSync(draft, cookieLine(secret), { mode })
  fs.chmodSync(draft, mode)
  fs.renameSync(draft, file)
  return secret
}
