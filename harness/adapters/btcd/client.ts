import type { PlainNode } from '../any-node/node.ts'
import { oldRegtest, votedOn } from '../any-node/regtest.ts'
import { checkExecutable } from '../process/check-executable.ts'
import { BTCD_WORDS } from './words.ts'

const CREDENTIALS = 'touchstone:touchstone'
const [USER, PASSWORD] = CREDENTIALS.split(':') as [string, string]

/** btcd on its regression-test network: no mock clock, soft forks that are voted on. */
export const BTCD: PlainNode = {
  name: 'btcd',
  chain: oldRegtest('btcd-regtest', { segwit: votedOn(1), taproot: votedOn(2) }),
  capabilities: new Set([
    'balance',
    'blocks',
    'classes',
    'coinDigest',
    'customChains',
    'invalidate',
    'manyNodes',
    'scripts',
  ]),
  words: BTCD_WORDS,
  takesUnasked: true,
  command(path) {
    checkExecutable(path)
    return { command: { path, args: ARGS }, credentials: CREDENTIALS }
  },
}

/** By itself, on data and ports of its own. [btcd config.go] */
const ARGS = [
  '--regtest',
  '--configfile={datadir}/none.conf',
  '--datadir={datadir}/data',
  '--logdir={datadir}/logs',
  `--rpcuser=${USER}`,
  `--rpcpass=${PASSWORD}`,
  '--rpclisten=127.0.0.1:{rpcPort}',
  '--notls',
  '--listen=127.0.0.1:{p2pPort}',
  '--nodnsseed',
  '--whitelist=127.0.0.1',
  '--maxpeers=8',
]
