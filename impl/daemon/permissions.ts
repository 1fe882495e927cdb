import { SettingsError } from './settings.ts'

/** What a peer may do more than others. [Core net_permissions.h] */
const PERMISSIONS = ['bloomfilter', 'relay', 'forcerelay', 'download', 'noban', 'mempool', 'addr'] as const
type Permission = (typeof PERMISSIONS)[number]
/** Where none is named. [Core NetPermissionFlags::Implicit] */
const IMPLICIT: readonly Permission[] = ['noban', 'relay', 'mempool', 'download']
const IMPLIED: Readonly<Partial<Record<Permission, Permission>>> = { noban: 'download', forcerelay: 'relay' }

/** An entry of -whitelist or -whitebind. */
export interface Grant {
  readonly permissions: readonly string[]
  readonly inbound: boolean
  readonly outbound: boolean
  /** Address with its prefix, or address and port. */
  readonly address: string
}

/** Reads PERMISSIONS@ADDRESS; the permissions may be left out. Throws SettingsError. */
export function parseGrant(text: string): Grant {
  const at = text.indexOf('@')
  if (at < 0) return { permissions: IMPLICIT, inbound: true, outbound: false, address: text }
  const granted = new Set<Permission>()
  let inbound = false
  let outbound = false
  for (const name of text.slice(0, at).split(',')) {
    if (name === 'in') inbound = true
    else if (name === 'out') outbound = true
    else if (name === 'all') for (const permission of PERMISSIONS) granted.add(permission)
    else if (name === 'implicit') for (const permission of IMPLICIT) granted.add(permission)
    else if (isPermission(name)) {
      granted.add(name)
      const implied = IMPLIED[name]
      if (implied !== undefined) granted.add(implied)
    } else if (name !== '') throw new SettingsError(`Invalid P2P permission: '${name}'`)
  }
  return {
    permissions: PERMISSIONS.filter((permission) => granted.has(permission)),
    inbound: inbound || !outbound,
    outbound,
    address: text.slice(at + 1),
  }
}

function isPermission(name: string): name is Permission {
  return (PERMISSIONS as readonly string[]).includes(name)
}
