import type { Upgrade } from '../upgrades/index.ts'

const FIRST_NONCE_BIT = 5
const LAST_NONCE_BIT = 28

/** No rule at all: bits 5 to 28 of a header's version are miners' nonce space, so that deployments are left with bits 0 to 4. */
export const bip323: Upgrade = {
  id: 'bip323',
  text: 'Bits 5 to 28 of a header’s version signal nothing: they are for miners to use.',
  sources: ['BIP323'],
  deployment: { kind: 'never' },
  slots: Array.from(
    { length: LAST_NONCE_BIT - FIRST_NONCE_BIT + 1 },
    (_, index) => `version-bit-${FIRST_NONCE_BIT + index}`,
  ),
  slotExamples: {
    claims: ['version-bit-5', 'version-bit-28'],
    leaves: ['version-bit-4', 'version-bit-29'],
  },
}
