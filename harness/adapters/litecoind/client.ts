import { BITCOIND_REASONS } from '../bitcoind/reasons.ts'
import { BY_ITSELF } from '../core-family/by-itself.ts'
import { differenceOf } from '../core-family/chain-difference.ts'
import type { DaemonClient } from '../core-family/client.ts'
import { OUT_OF_REACH } from '../core-family/out-of-reach.ts'
import type { ReasonMap } from '../core-family/reasons.ts'

/** Older words than Bitcoin Core's of today. [Litecoin Core 0.21 validation.cpp CheckInputScripts] */
const REASONS: ReasonMap = {
  ...BITCOIND_REASONS,
  blocks: {
    ...BITCOIND_REASONS.blocks,
    'mandatory-script-verify-flag-failed': { reason: 'block-script-verify-flag-failed', class: 'invalid' },
    'non-mandatory-script-verify-flag': { reason: 'block-script-verify-flag-failed', class: 'invalid' },
  },
  unread: new Set(['Block does not start with a coinbase']),
}

/** Litecoin Core 0.21 on its regression-test chain, whose soft forks begin where they begin. */
export const LITECOIND: DaemonClient = {
  name: 'litecoind',
  chain: 'litecoin-regtest',
  movableForks: [],
  bip94IsOption: false,
  outOfReach: {
    ...OUT_OF_REACH,
    activation: 'its next soft fork is 430 blocks away',
    'reorganisation across an activation': 'its next soft fork is 430 blocks away',
    'coinbase-height': 'in force from block 500 on',
    'final-by-median-time': 'in force from block 432 on',
    'no-timewarp': 'it has no BIP94',
    'relative-lock': 'in force from block 432 on',
    'version-at-least-2': 'in force from block 500 on',
    'version-at-least-3': 'in force from block 1251 on',
    'version-at-least-4': 'in force from block 1351 on',
  },
  // It cannot be asked which transaction of its pool spends an output.
  capabilities: new Set([
    'balance',
    'blocks',
    'classes',
    'coinDigest',
    'customChains',
    'invalidate',
    'manyNodes',
    'reasons',
    'scripts',
    'setTime',
  ]),
  cookie: 'regtest/.cookie',
  reasons: REASONS,
  looksUpFirst: true,
  coinDump: [],
  optionsFor(chain, own) {
    const difference = differenceOf(chain, own, new Set())
    if (difference !== undefined) return { can: false, why: difference }
    if (JSON.stringify(chain.deployments) !== JSON.stringify(own.deployments))
      return { can: false, why: 'its soft forks begin where they begin' }
    return { can: true, args: ARGS }
  },
}

/** By itself, on data and ports of its own. With one thread it reports which script error it came upon. */
const ARGS = [...BY_ITSELF, '-par=1']
