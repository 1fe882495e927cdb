import { BITCOIND } from './bitcoind.ts'
import type { DaemonClient } from './client.ts'

export type { DaemonClient }

/** Every daemon of others that can be judged, as `NAME:PATH`. */
export const DAEMONS: readonly DaemonClient[] = [BITCOIND]
