import { describe, expect, it } from 'vitest'
import { explore } from '../explore/explore.ts'
import { CLASSICS } from './index.ts'

const RUNS = [...CLASSICS].flatMap(([name, { model, runs }]) =>
  runs.map((published) => ({ title: `${name} ${published.preset ?? ''}`, model, published })),
)

describe('counts equal those of TLC', () => {
  it.each(RUNS)('$title', ({ model, published }) => {
    const { preset, ...counts } = published
    const { outcome, distinct, generated, depth } = explore(
      preset === undefined ? model : model.withPreset(preset),
    )
    expect({ outcome, distinct, depth, ...(counts.generated !== undefined && { generated }) }).toEqual({
      outcome: 'complete',
      ...counts,
    })
  })
})
