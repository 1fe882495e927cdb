import { BITCOIND } from '../bitcoind/client.ts'
import type { DaemonClient } from './client.ts'
import { LITECOIND } from '../litecoind/client.ts'

export { storiesFor } from '../../conformance/judge/stories.ts'
export { countingUnsaid, type Unsaid } from '../../conformance/judge/unsaid.ts'
export type { DaemonClient }

/** Every daemon of others that can be judged, as `NAME:PATH`. */
export const DAEMONS: readonly DaemonClient[] = [BITCOIND, LITECOIND]
