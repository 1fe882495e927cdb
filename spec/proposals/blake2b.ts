import type { Upgrade } from '../upgrades/index.ts'

const OLD_HEADER_BYTES = 80
/** Flags, height, number of transactions, time offset, three nonces more, an extra nonce, a key, and what is mined together. */
const ADDED_BYTES = 84
/** Bit 31 of the version, little-endian, marks a header of the second kind. */
const VERSION = '01000080'

/** The hard fork that followed BIP110, as far as it shows: longer headers with a proof of work of their own. It is here to be found out. */
export const blake2b: Upgrade = {
  id: 'blake2b',
  text: 'From block 961,640 on a header has 164 bytes, and its proof of work ends in BLAKE2b.',
  sources: ['Bitcoin Knots 29.4.1'],
  deployment: { kind: 'never' },
  headerBytes: OLD_HEADER_BYTES + ADDED_BYTES,
  firstHeader: VERSION + '00'.repeat(OLD_HEADER_BYTES + ADDED_BYTES - VERSION.length / 2),
}
