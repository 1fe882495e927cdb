import type { Upgrade } from '../../../spec/index.ts'
import { fillBlocks } from './blocks.ts'
import { fillCoreRows } from './core-rows.ts'
import type { LeftOut } from './examples.ts'
import { fillHeaders } from './headers.ts'
import { fillSpends } from './spends.ts'

/** One file of vectors, as it is written: the same bytes for the same draft, seed and draws. */
export interface FilledFile {
  readonly name: string
  readonly text: string
  readonly vectors: number
}

export interface Filled {
  readonly files: readonly FilledFile[]
  /** Examples that are in no vector of a format which has a place for them, by format. */
  readonly leftOut: readonly LeftOut[]
}

/** Blocks and headers take more room than spends: so many draws of the generator at most go into these. */
const BLOCK_DRAWS_MAX = 4

/** Vectors of a draft in every format: BIP110's, Core's, and fixtures of blocks and headers around its activation. @throws FileError */
export function fillVectors(draft: Upgrade, seed: number, draws: number): Filled {
  const { id, sources } = draft
  const spends = fillSpends(draft, seed, draws)
  const rows = fillCoreRows(draft, seed, draws)
  const blockDraws = Math.min(draws, BLOCK_DRAWS_MAX)
  const blocks = fillBlocks(draft, seed, blockDraws)
  const headers = fillHeaders(draft, seed, blockDraws)
  const comment = `${id} (${sources.join(', ')}): each vector gives the spent outputs, the transaction, and whether a block may contain it while the draft is in force (active) or is not, in blocks above height 100. Seed ${seed}, ${draws} draws.`
  const files = [
    ...(spends.vectors.length === 0
      ? []
      : [
          {
            name: `${id}.json`,
            text: `${JSON.stringify({ comment, vectors: spends.vectors }, null, 1)}\n`,
            vectors: spends.vectors.length,
          },
        ]),
    ...Object.entries(rows ?? {}).map(([kind, list]: [string, readonly (readonly unknown[])[]]) => ({
      name: `${id}-tx_${kind}.json`,
      text: `[\n${list.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`,
      vectors: list.filter((row) => row.length > 1).length,
    })),
    ...[
      ...(blocks.file === undefined ? [] : [{ when: 'blocks', file: blocks.file }]),
      ...headers.files.map(({ when, file }) => ({ when: `headers-${when}`, file })),
    ].map(({ when, file }) => ({
      name: `${id}-${when}.json`,
      text: `${JSON.stringify(file)}\n`,
      vectors: file.fixtures.length,
    })),
  ]
  const leftOut = [...spends.secondFaults, ...blocks.leftOut, ...headers.leftOut]
  const isFirst = ({ name, why }: LeftOut, index: number) =>
    leftOut.findIndex((entry) => entry.name === name && entry.why === why) === index
  return { files, leftOut: leftOut.filter(isFirst) }
}
