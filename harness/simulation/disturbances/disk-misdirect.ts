import { damage } from './damage.ts'

/** The next bytes that are appended land elsewhere. */
export const diskMisdirect = damage('disk-misdirect', 'misdirect')
