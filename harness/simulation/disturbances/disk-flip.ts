import { damage } from './damage.ts'

/** One bit of a file is inverted. */
export const diskFlip = damage('disk-flip', 'flip')
