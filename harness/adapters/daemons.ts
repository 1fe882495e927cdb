import { BITCOIND } from './bitcoind/client.ts'
import type { DaemonClient } from './core-family/client.ts'
import { LITECOIND } from './litecoind/client.ts'

/** Every foreign daemon that can be judged, as `NAME:PATH`. */
export const DAEMONS: readonly DaemonClient[] = [BITCOIND, LITECOIND]
