import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../encoding/index.ts'
import { findAndDelete } from './find-and-delete.ts'

/** The same cases as [Core script_tests.cpp script_FindAndDelete]. */
describe('cutting a pattern out of a script', () => {
  it.each([
    ['nothing is found where nothing is sought', '5152', '', '5152', false],
    ['every occurrence, neighbours too', '51525153', '51', '5253', true],
    ['a push with its data', '0302ff03', '0302ff03', '', true],
    ['two of them', '0302ff030302ff03', '0302ff03', '', true],
    ['not what lies inside a push', '0302ff03', '02', '0302ff03', false],
    ['not the data of a push without its length', '0302ff03', 'ff', '0302ff03', false],
    ['the head of a push: the rest is not parsed again', '0302ff030302ff03', '03', '02ff0302ff03', true],
    ['a pattern that ends inside a push', '02feed5169', 'feed51', '02feed5169', false],
    ['a pattern that eats the start of what follows', '516902feed5169', '02feed51', '516969', true],
    ['what remains may match, and is left', '00005151', '0051', '0051', true],
    ['in a script that cannot be read to its end', '0003feed', '03feed', '00', true],
  ])('%s', (_, script, pattern, rest, isFound) => {
    const result = findAndDelete(fromHex(script), fromHex(pattern))
    expect([toHex(result.script), result.isFound]).toEqual([rest, isFound])
  })
})
