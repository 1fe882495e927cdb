import type { Plot } from '../../reports/index.ts'
import type { Upgrade } from '../../spec/index.ts'
import { DEPLOYMENT_KINDS } from './simulate/deployments.ts'
import { exposureOf } from './simulate/exposure.ts'
import { activationPlot } from './simulate/plot.ts'
import { type ActivationResult, simulateActivation } from './simulate/simulate.ts'
import type { Proportion } from './simulate/statistics.ts'

/** Shares of the hash rate that enforce a draft. */
const SHARES = [0.3, 0.6, 0.9]
const RUNS = 500
const BLOCKS = 2016
const UPGRADED = 0.5

/** What comes of activations of a draft: a cell of the table for each share, and what its page says. */
export interface SplitReport {
  readonly cells: readonly string[]
  readonly claims: readonly {
    readonly question: string
    readonly answer: string
    readonly evidence: string
  }[]
  readonly plot: Plot
}

/** Plays each kind of deployment with each share. @throws FileError */
export function reportSplits(draft: Upgrade, seed: number, blockPlaces: readonly string[]): SplitReport {
  const exposure = exposureOf(draft, blockPlaces)
  const { deployment } = draft
  const own = typeof deployment === 'object' && deployment.kind === 'expiring' ? 'expiring' : 'flag-day'
  const { violating, isUnreadable } = exposure
  const cells = DEPLOYMENT_KINDS.flatMap((kind) =>
    SHARES.map((enforcing) => {
      const activation = {
        kind,
        enforcing,
        blind: 0,
        upgraded: UPGRADED,
        violating,
        blocks: BLOCKS,
        isUnreadable,
      }
      return { kind: kind.name, text: kind.text, enforcing, ...simulateActivation(activation, RUNS, seed) }
    }),
  )
  const ownCells = cells.filter(({ kind }) => kind === own)
  const evidence = `seed ${seed}, ${RUNS} runs of ${BLOCKS} blocks, ${UPGRADED * 100} % of the full nodes upgraded`
  return {
    cells: ownCells.map(({ split }) => percentOf(split)),
    claims: [
      {
        question: 'How often do blocks of others break it?',
        answer: `${exposure.violating * 100} % of them: ${exposure.kind}`,
        evidence: exposure.because,
      },
      ...cells.map((cell) => ({
        question: `${cell.kind}, ${cell.enforcing * 100} % enforce it: does the chain split?`,
        answer: answerOf(cell),
        evidence: `${cell.text}; ${evidence}`,
      })),
    ],
    plot: activationPlot(`${draft.id}, ${own}: does the chain split?`, ownCells),
  }
}

function answerOf({
  activated,
  split,
  lasting,
  depth,
  lightMisled,
  hoursToReconverge,
  reversed,
}: ActivationResult): string {
  if (activated.value === 0) return 'it never comes into force'
  const six = reversed.find(({ confirmations }) => confirmations === 6)!.share
  return [
    `in force ${percentOf(activated)}`,
    `split ${percentOf(split)}`,
    ...(split.value === 0
      ? []
      : [
          `lasting ${percentOf(lasting)}`,
          `others are ${depth.mean.toFixed(1)} blocks deep and over in ${hoursToReconverge.mean.toFixed(1)} h`,
          `six confirmations reversed ${percentOf(six)}`,
          `light nodes misled ${(lightMisled.mean * 100).toFixed(1)} % of the time`,
        ]),
  ].join('; ')
}

function percentOf({ value, low, high }: Proportion): string {
  const [middle, from, to] = [value, low, high].map((share) => (share * 100).toFixed(1))
  return `${middle} % (${from}–${to})`
}
