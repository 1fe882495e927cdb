import { BITCOIND } from './bitcoind.ts'
import type { DaemonClient } from './client.ts'
import { LITECOIND } from './litecoind.ts'

export { storiesFor } from './stories.ts'
export { countingUnsaid, type Unsaid } from './unsaid.ts'
export type { DaemonClient }

/** Every daemon of others that can be judged, as `NAME:PATH`. */
export const DAEMONS: readonly DaemonClient[] = [BITCOIND, LITECOIND]
