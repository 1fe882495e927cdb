import { asVersionTwo, type ChainFile } from '../../ports/index.ts'
import { chainLookup } from '../chains.ts'

type Deployments = ChainFile['deployments']

const NEVER_MS = 0x7fffffff

/** Voted on from the start, without end, by 108 blocks of 144. [BIP9 on regression-test networks] */
export const votedOn = (bit: number): Deployments['csv'] => ({
  kind: 'bip9',
  bit,
  startTime: 0,
  timeout: NEVER_MS,
  minActivationHeight: 0,
  threshold: 108,
  window: 144,
})

/** Core's regression-test network as it was before its soft forks were buried at block 1, with these soft forks. */
export function oldRegtest(name: string, deployments: Partial<Deployments>): ChainFile {
  const regtest = asVersionTwo(chainLookup('regtest')!)
  return {
    ...regtest,
    name,
    // Scripts are judged by what is in force, not from genesis on.
    scriptsFromGenesis: false,
    deployments: {
      ...regtest.deployments,
      bip34: { kind: 'never' },
      bip65: { kind: 'height', height: 1351 },
      bip66: { kind: 'height', height: 1251 },
      csv: votedOn(0),
      ...deployments,
    },
  }
}
