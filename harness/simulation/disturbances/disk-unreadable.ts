import { damage } from './damage.ts'

/** A record of the ordered store fails its checksum. */
export const diskUnreadable = damage('disk-unreadable', 'unreadable')
