import { describe, expect, it } from 'vitest'
import { fromHex } from '../encoding/index.ts'
import { PROPOSALS } from '../proposals/index.ts'
import { input, output, transaction } from '../rules/fixtures.ts'
import type { Feature } from '../script/index.ts'
import { verifyInput } from '../script/index.ts'
import { UPGRADES } from './index.ts'
import type { SpendExample, Upgrade } from './upgrade.ts'

const known = [...UPGRADES, ...PROPOSALS]
const scripted = known.filter(({ features, examples }) => features !== undefined || examples !== undefined)

/** What the script machine says of a spend while these upgrades are in force. */
function say(
  { script, scriptSig = '', witness = [], sequence = 0, lockTime = 0 }: SpendExample,
  inForce: readonly Upgrade[],
) {
  const unlocking = { scriptSig: fromHex(scriptSig), witness: witness.map(fromHex), sequence }
  return verifyInput({
    transaction: transaction({ inputs: [input(unlocking)], lockTime }),
    inputIndex: 0,
    spentOutputs: [output(0, fromHex(script))],
    features: new Set<Feature>(inForce.flatMap(({ features = [] }) => features)),
    extension: inForce.at(-1)?.extension,
  })
}

describe.each(scripted.map((upgrade) => [upgrade.id, upgrade] as const))('%s', (_, upgrade) => {
  const earlier = known.slice(0, known.indexOf(upgrade))
  const { accepts, rejects } = upgrade.examples!
  it('allows nothing that was forbidden, and something that was allowed', () => {
    expect(accepts.length).toBeGreaterThan(0)
    for (const spend of accepts)
      expect([say(spend, earlier), say(spend, [...earlier, upgrade])]).toEqual(['OK', 'OK'])
  })
  it('forbids something that was allowed', () => {
    expect(rejects.length).toBeGreaterThan(0)
    for (const spend of rejects) {
      expect(say(spend, earlier)).toBe('OK')
      expect(say(spend, [...earlier, upgrade])).toBe(spend.error)
    }
  })
  it('needs each of its features for what it forbids', () => {
    for (const feature of upgrade.features!) {
      const without = { ...upgrade, features: upgrade.features!.filter((other) => other !== feature) }
      expect(rejects.map((spend) => say(spend, [...earlier, without]))).toContain('OK')
    }
  })
})
