import { PeerError } from '../peer-error.ts'

/** Microseconds of Unix time at which bitcoind's log names a block as the tip. Throws when it does not. */
export function connectedAt(log: string, height: number): number {
  const line = log
    .split('\n')
    .find((text) => text.includes('UpdateTip: new best=') && text.includes(` height=${height} `))
  const stamp = /^(\S+T[\d:]+)\.(\d{6})Z/.exec(line ?? '')
  if (stamp === null) throw new PeerError(`bitcoind did not connect block ${height}`)
  return Date.parse(`${stamp[1]}Z`) * 1000 + Number(stamp[2])
}
