/** A peer could not be run, or did not end at the tip: one line. */
export class PeerError extends Error {
  override readonly name = 'PeerError'
}
