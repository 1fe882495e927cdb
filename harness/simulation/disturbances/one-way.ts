import { partition, setLinks } from './partition.ts'

/** One node is heard and hears nobody. */
export const oneWay = partition('one-way', (ground) => setLinks(ground, 'down', true))
