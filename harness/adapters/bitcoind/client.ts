import { type ChainFile, chainRules } from '../../ports/index.ts'
import { BY_ITSELF } from '../core-family/by-itself.ts'
import { differenceOf } from '../core-family/chain-difference.ts'
import type { DaemonClient, DaemonOptions } from '../core-family/client.ts'
import { OUT_OF_REACH } from '../core-family/out-of-reach.ts'
import { BITCOIND_REASONS } from './reasons.ts'

/** Bitcoin Core 28 or later, on its regression-test chain. */
export const BITCOIND: DaemonClient = {
  name: 'bitcoind',
  chain: 'regtest',
  movableForks: ['bip34', 'bip65', 'bip66', 'csv', 'segwit'],
  inevitableForks: ['segwit'],
  bip94IsOption: true,
  outOfReach: { ...OUT_OF_REACH, 'version-with-segwit': 'it is a rule of Litecoin' },
  cookie: 'regtest/.cookie',
  capabilities: new Set([
    'balance',
    'blocks',
    'classes',
    'coinDigest',
    'customChains',
    'firstFault',
    'invalidate',
    'manyNodes',
    'mempool',
    'reasons',
    'scripts',
    'setTime',
  ]),
  reasons: BITCOIND_REASONS,
  looksUpFirst: false,
  coinDump: ['latest'],
  optionsFor(chain, regtest) {
    const difference = differenceOf(chain, regtest, new Set(['enforceBip94']))
    if (difference !== undefined) return { can: false, why: difference }
    const deployments = deploymentOptions(chain)
    if (!deployments.can) return deployments
    const bip94 = chain.limits.enforceBip94 ? ['-test=bip94'] : []
    return { can: true, args: [...ARGS, ...bip94, ...deployments.args] }
  },
}

/** By itself, on data and ports of its own, as permissive as its policy can be. [Core init.cpp] */
const ARGS = [
  ...BY_ITSELF,
  '-natpmp=0',
  // With a second thread all that can be checked without scripts comes first. [Core ConnectBlock]
  '-par=2',
  '-acceptnonstdtxn=1',
  '-minrelaytxfee=0',
  '-incrementalrelayfee=0',
  '-dustrelayfee=0',
]

/** Heights that are never reached; Core takes no greater ones. [Core chainparams.cpp ReadRegTestArgs] */
const NEVER_HEIGHT = 0x7ffffffe

/** Soft forks whose height can be chosen, by Core's names for them. */
const BY_HEIGHT = { bip34: 'bip34', bip65: 'cltv', bip66: 'dersig', csv: 'csv', segwit: 'segwit' } as const
/** Soft forks whose scripts Core verifies from genesis on, whatever the height of their deployment. [Core GetBlockScriptFlags] */
const FROM_GENESIS = ['bip16', 'segwit', 'taproot'] as const

function deploymentOptions(chain: ChainFile): DaemonOptions {
  const { deployments } = chain
  const alwaysOn = chainRules(chain).scriptsFromGenesis ? neverDeployed(chain) : FROM_GENESIS
  for (const id of alwaysOn)
    if (deployments[id].kind !== 'always')
      return {
        can: false,
        why: `it verifies ${id} scripts from genesis on; here ${id} is ${deployments[id].kind}`,
      }
  const args: string[] = []
  for (const [id, name] of Object.entries(BY_HEIGHT) as [keyof typeof BY_HEIGHT, string][]) {
    const deployment = deployments[id]
    if (deployment.kind === 'always') continue
    if (deployment.kind !== 'height' && deployment.kind !== 'never')
      return { can: false, why: `it activates ${id} by height only; here by ${deployment.kind}` }
    const height = deployment.kind === 'never' ? NEVER_HEIGHT : deployment.height
    args.push(`-testactivationheight=${name}@${height}`)
  }
  return { can: true, args }
}

/** Upgrades whose scripts Core verifies all the same. Taproot has no rule but its scripts, so that its height says nothing. */
function neverDeployed({ deployments }: ChainFile) {
  return FROM_GENESIS.filter((id) => deployments[id].kind === 'never')
}
