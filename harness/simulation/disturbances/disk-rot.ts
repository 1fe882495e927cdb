import { damage } from './damage.ts'

/** One bit is inverted in every fourth value of the ordered store, and the disk says nothing of it. */
export const diskRot = damage('disk-rot', 'rot')
