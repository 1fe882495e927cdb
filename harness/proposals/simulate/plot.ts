import type { Plot } from '../../../reports/index.ts'
import { type ActivationResult, lastingProbability } from './simulate.ts'
import type { Proportion } from './statistics.ts'

/** Whether the chain splits, and whether splits last, by the share of the hash rate that enforces a draft. */
export function activationPlot(
  title: string,
  cells: readonly (ActivationResult & { readonly kind: string; readonly enforcing: number })[],
): Plot {
  const kinds = [...new Set(cells.map(({ kind }) => kind))]
  const seriesOf = (kind: string, label: string, of: (cell: ActivationResult) => Proportion) => ({
    label: kinds.length === 1 ? label : `${kind}, ${label}`,
    kind: 'points' as const,
    points: cells
      .filter((cell) => cell.kind === kind)
      .map((cell) => {
        const { value, low, high } = of(cell)
        return { x: cell.enforcing * 100, y: value, low, high }
      }),
  })
  return {
    title,
    x: { label: 'hash rate that enforces it, %', scale: 'linear' },
    y: { label: 'share of runs, or of splits', scale: 'linear' },
    series: [
      ...kinds.flatMap((kind) => [
        seriesOf(kind, 'split', ({ split }) => split),
        ...(kinds.length === 1 ? [seriesOf(kind, 'lasting', ({ lasting }) => lasting)] : []),
      ]),
      {
        label: 'lasting, theory',
        kind: 'line' as const,
        points: Array.from({ length: 101 }, (_, percent) => ({
          x: percent,
          y: lastingProbability(percent / 100),
        })),
      },
    ],
  }
}
