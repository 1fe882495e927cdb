import { partition, setLinks } from './partition.ts'

/** Messages from and to one node wait until the links are up again. */
export const hold = partition('hold', (ground) => setLinks(ground, 'hold', false))
