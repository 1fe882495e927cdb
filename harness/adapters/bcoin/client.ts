import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TargetError } from '../abstention.ts'
import type { PlainNode } from '../any-node/node.ts'
import { oldRegtest } from '../any-node/regtest.ts'
import { BCOIN_WORDS } from './words.ts'

const KEY = 'touchstone'

/** bcoin on its regression-test network, run from its own folder: segwit from genesis on, and no taproot. */
export const BCOIN: PlainNode = {
  name: 'bcoin',
  chain: oldRegtest('bcoin-regtest', { taproot: { kind: 'never' } }),
  capabilities: new Set([
    'balance',
    'blocks',
    'classes',
    'coinDigest',
    'customChains',
    'manyNodes',
    'reasons',
    'scripts',
  ]),
  words: BCOIN_WORDS,
  takesUnasked: false,
  command(folder) {
    const program = join(folder, 'bin/node')
    if (!existsSync(program))
      throw new TargetError(`${folder}: expected a folder of bcoin, with bin/node in it`)
    const isBuilt = existsSync(join(folder, 'node_modules/bcrypto/build/Release/bcrypto.node'))
    const backend = isBuilt ? [] : ['NODE_BACKEND=js']
    const args = [...backend, process.execPath, program, ...ARGS]
    return { command: { path: '/usr/bin/env', args }, credentials: `x:${KEY}` }
  },
}

/** By itself, in memory, on ports of its own. [bcoin docs/configuration.md] */
const ARGS = [
  '--network=regtest',
  '--prefix={datadir}',
  '--memory=true',
  '--workers=false',
  '--no-wallet=true',
  '--log-console=false',
  '--log-file=false',
  '--listen=true',
  '--host=127.0.0.1',
  '--port={p2pPort}',
  '--http-host=127.0.0.1',
  '--http-port={rpcPort}',
  `--api-key=${KEY}`,
]
