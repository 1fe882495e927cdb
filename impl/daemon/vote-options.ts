import type { ChainParameters, Deployment } from '../chains/index.ts'
import { SettingsError } from './settings.ts'

/** How forks are voted on in regtest: bits, and numbers of blocks. [Core CRegTestParams] */
const BITS = { testdummy: 28, taproot: 2 } as const
const VOTE = { threshold: 108, window: 144 }
/** Start times that stand for more than a time. [Core BIP9Deployment] */
const ALWAYS_ACTIVE = -1
const NEVER_ACTIVE = -2

/** regtest's fork without a rule, unless an option says more of it. */
const TEST_DUMMY: Deployment = {
  kind: 'bip9',
  bit: BITS.testdummy,
  startTime: 0,
  timeout: Number.MAX_SAFE_INTEGER,
  minActivationHeight: 0,
  ...VOTE,
}

/** The chain with the soft forks that are voted on in regtest, each as `-vbparams` gives it. Throws SettingsError. */
export function withVotes(chain: ChainParameters, words: readonly string[]): ChainParameters {
  let { testDummy = TEST_DUMMY, deployments } = chain
  for (const word of words) {
    const [name, deployment] = parseVote(word)
    if (name === 'testdummy') testDummy = deployment
    else deployments = { ...deployments, taproot: deployment }
  }
  return { ...chain, testDummy, deployments }
}

/** NAME:START:END[:MINHEIGHT]; times are Unix times in seconds. [Core ReadRegTestArgs] */
function parseVote(word: string): [keyof typeof BITS, Deployment] {
  const [name = '', start, end, height = '0', ...rest] = word.split(':')
  if (start === undefined || end === undefined || rest.length > 0)
    throw new SettingsError(
      'Version bits parameters malformed, expecting deployment:start:end[:min_activation_height]',
    )
  const startTime = integer(start, 'nStartTime')
  const timeout = integer(end, 'nTimeout')
  const minActivationHeight = integer(height, 'min_activation_height')
  if (name !== 'testdummy' && name !== 'taproot') throw new SettingsError(`Invalid deployment (${name})`)
  if (startTime === ALWAYS_ACTIVE) return [name, { kind: 'always' }]
  if (startTime === NEVER_ACTIVE) return [name, { kind: 'never' }]
  return [name, { kind: 'bip9', bit: BITS[name], startTime, timeout, minActivationHeight, ...VOTE }]
}

function integer(text: string, what: string): number {
  if (!/^-?\d{1,19}$/.test(text)) throw new SettingsError(`Invalid ${what} (${text})`)
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}
