import { createStream } from '../../simulation/index.ts'
import { DEPLOYMENT_KINDS, type DeploymentKind, WINDOW_BLOCKS } from './deployments.ts'
import { type Activation, type ActivationResult, simulateActivation } from './simulate.ts'
import { countOf, type Proportion, type Spread, spreadOf } from './statistics.ts'

/** What was published, beside what is simulated. */
export interface PresetFigure {
  readonly what: string
  readonly published: string
  readonly simulated: string
  readonly isWithin: boolean
}

/** A split that happened, with the shares that are known of it. */
export interface Preset {
  readonly name: string
  readonly about: string
  readonly sources: readonly string[]
  readonly activation: Activation
  figures(result: ActivationResult, runs: number, seed: number): readonly PresetFigure[]
}

const kindOf = (name: string): DeploymentKind => DEPLOYMENT_KINDS.find((kind) => kind.name === name)!
const BLOCKS_A_DAY = 144

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** Something that happened once: it agrees unless fewer than one run in forty shows it. */
const RARE = 0.025

function happened(what: string, published: string, { value, low, high }: Proportion): PresetFigure {
  const simulated = `${percent(value)} (${percent(low)} to ${percent(high)}) of the runs`
  return { what, published, simulated, isWithin: high >= RARE }
}

function branchOf(blocks: number, { reversed }: ActivationResult): PresetFigure {
  const { share } = reversed.find(({ confirmations }) => confirmations === blocks)!
  return happened('a branch that was taken back', `${blocks} blocks`, share)
}

const JULY_2015: Preset = {
  name: 'july-2015',
  about:
    '95 % of the blocks signalled for BIP66 and about half of the hash rate judged no blocks: twice the block of an old miner was built upon',
  sources: ['bitcoin.org alert of 4 July 2015', 'BIP66'],
  activation: {
    kind: kindOf('flag-day'),
    enforcing: 0.5,
    blind: 0.45,
    signalling: 0.95,
    upgraded: 0.5,
    violating: 1,
    blocks: 144,
  },
  figures: (result) => [
    happened('the chain split within a day', 'yes', result.split),
    branchOf(6, result),
    branchOf(3, result),
    {
      ...branchOf(30, result),
      what: 'confirmations that light wallets were advised to wait for besides',
      published: '30',
    },
  ],
}

const ENFORCING_BIP110 = 0.02
const DAYS_UNTIL_CLOSED = 1.5
const DAYS_UNTIL_963000 = 11
const BLOCKS_UNTIL_963000 = 963_000 - 961_632

const BIP110: Preset = {
  name: 'bip110',
  about:
    '2.5 % of a window signalled at the most, 55 % were asked for; from 961,632 on blocks had to signal, and the branch of those who enforced it stopped after four',
  sources: ['bitcoin/bips #2245', 'BIP110 §Deployment', 'fork-observer #167'],
  activation: {
    kind: kindOf('expiring'),
    enforcing: ENFORCING_BIP110,
    blind: 0,
    upgraded: 0.02,
    violating: 1,
    blocks: WINDOW_BLOCKS,
  },
  figures({ signallingPeak, split, lasting, splitAtOnce, stallDays }, runs, seed) {
    const enforced = blocksIn(DAYS_UNTIL_CLOSED, ENFORCING_BIP110, runs, seed)
    const main = blocksIn(DAYS_UNTIL_963000, 1 - ENFORCING_BIP110, runs, seed)
    return [
      {
        what: 'signals in the best window',
        published: '2.5 %, of 55 % that lock it in',
        simulated: `${percent(signallingPeak.median)} (${percent(signallingPeak.p05)} to ${percent(signallingPeak.p95)})`,
        isWithin: signallingPeak.p05 <= 0.025 && signallingPeak.p95 >= 0.025,
      },
      happened('the chain split', 'yes', split),
      happened('it split at the first block that had to signal', '961,632', splitAtOnce),
      {
        what: `blocks of those who enforced it in ${DAYS_UNTIL_CLOSED} days`,
        published: '4',
        simulated: `${enforced.median} (${enforced.p05} to ${enforced.p95})`,
        isWithin: enforced.p05 <= 4 && enforced.p95 >= 4,
      },
      {
        what: `blocks of the others in ${DAYS_UNTIL_963000} days`,
        published: `${BLOCKS_UNTIL_963000} at the least`,
        simulated: `${main.median} (${main.p05} to ${main.p95})`,
        isWithin: main.p95 >= BLOCKS_UNTIL_963000,
      },
      happened('the split lasted', 'yes', lasting),
      {
        what: 'time to the next difficulty period of those who enforced it',
        published: 'stalled at full difficulty',
        simulated: `${Math.round(stallDays)} days`,
        isWithin: stallDays > 365,
      },
    ]
  },
}

/** How many blocks a share of the hash rate finds in so many days. */
function blocksIn(days: number, share: number, runs: number, seed: number): Spread {
  const stream = createStream(seed, 'mining', `${days} days, ${share}`)
  const blocks = Math.round(days * BLOCKS_A_DAY * TICKS_A_BLOCK)
  return spreadOf(Array.from({ length: runs }, () => countOf(blocks, share / TICKS_A_BLOCK, stream)))
}

/** So short that a tick holds one block at the most. */
const TICKS_A_BLOCK = 100

/** Splits that happened. */
export const PRESETS: readonly Preset[] = [JULY_2015, BIP110]

/** A preset played, and each figure beside what was published. */
export function playPreset(
  preset: Preset,
  runs: number,
  seed: number,
): { readonly result: ActivationResult; readonly figures: readonly PresetFigure[] } {
  const result = simulateActivation(preset.activation, runs, seed)
  return { result, figures: preset.figures(result, runs, seed) }
}
