import { z } from 'zod'
import { verdictText } from '../../../../reports/index.ts'
import type { ChainSession, DraftJudge } from '../../../ports/index.ts'
import { ByteReader, readOutput } from '../../../wire/index.ts'
import { oneSession } from '../chain/chain-cases.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { tableOf, tableOfCases, type VectorFormat } from '../format.ts'
import { draftCase, verdictOn } from './draft-cases.ts'

const DRAFT = 'bip54'
/** Vectors are on the main chain, from its first block on. */
const CHAIN = 'bitcoin'

const chainSchema = z.strictObject({
  block_chain: z.array(hexText).min(2),
  valid: z.boolean(),
  comment: z.string(),
})

/** BIP54's coinbases.json: chains of whole blocks. */
const blocksFormat: VectorFormat = {
  name: 'BIP54 chains of blocks',
  detects: ({ json }) => hasKeys(json, 'block_chain'),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      const { block_chain: hex, valid, comment } = requireShape(chainSchema, row)
      const blocks = hex.slice(1).map(requireBytes)
      const deliver = (session: ChainSession) =>
        firstRefusal(blocks, (block, now) => session.deliverBlock(block, now))
      return draftCase(`chain ${index}: ${comment}`, DRAFT, (judge, engine) =>
        verdictOn(
          { today: deliver(engine.openChain(CHAIN)), withDraft: deliver(judge.openChain(CHAIN)) },
          valid,
        ),
      )
    }),
}

interface HeaderTree {
  readonly block_headers: readonly string[]
  readonly extensions?: readonly HeaderTree[] | undefined
  readonly valid?: boolean | undefined
  readonly comment?: string | undefined
}

const treeSchema: z.ZodType<HeaderTree> = z.lazy(() =>
  z.strictObject({
    block_headers: z.array(hexText).min(1),
    extensions: z.array(treeSchema).optional(),
    valid: z.boolean().optional(),
    comment: z.string().optional(),
  }),
)

/** BIP54's timestamps.json: chains of headers that share what they have in common. */
const headersFormat: VectorFormat = {
  name: 'BIP54 chains of headers',
  detects: ({ json }) => typeof json === 'object' && json !== null && 'block_headers' in json,
  read({ json }) {
    const chains = [...chainsIn(requireShape(treeSchema, json), [])]
    // Chains share their headers, each of which is judged once.
    const [today, withDraft] = [oneSession(CHAIN), new WeakMap<DraftJudge, ChainSession>()]
    return tableOfCases(
      chains.map(({ headers, isValid, comment }) =>
        draftCase(comment, DRAFT, (judge, engine) => {
          const session = withDraft.get(judge) ?? judge.openChain(CHAIN)
          withDraft.set(judge, session)
          const deliver = (to: ChainSession) =>
            firstRefusal(headers.slice(1), (header, now) => to.deliverHeader(header, now))
          return verdictOn({ today: deliver(today(engine)), withDraft: deliver(session) }, isValid)
        }),
      ),
    )
  },
}

interface HeaderChain {
  readonly headers: readonly Uint8Array[]
  readonly isValid: boolean
  readonly comment: string
}

function* chainsIn(tree: HeaderTree, below: readonly Uint8Array[]): Generator<HeaderChain> {
  const headers = [...below, ...tree.block_headers.map(requireBytes)]
  const { valid, comment, extensions } = tree
  if (valid !== undefined) yield { headers, isValid: valid, comment: comment ?? `${headers.length} headers` }
  else if (extensions === undefined) throw new Error('expected valid or extensions beside block_headers')
  for (const extension of extensions ?? []) yield* chainsIn(extension, headers)
}

const transactionSchema = z.strictObject({
  spent_outputs: z.array(hexText).optional(),
  tx: hexText,
  valid: z.boolean(),
  comment: z.string(),
})

/** BIP54's txsize.json and sigops.json: single transactions, with or without what they spend. */
const transactionsFormat: VectorFormat = {
  name: 'BIP54 transactions',
  detects: ({ json }) => hasKeys(json, 'tx'),
  read: ({ json }) =>
    tableOf(json as readonly unknown[], (row, index) => {
      const { spent_outputs, tx, valid, comment } = requireShape(transactionSchema, row)
      const spentOutputs = spent_outputs?.map((output) => readOutput(new ByteReader(requireBytes(output))))
      const spend = { transaction: requireBytes(tx), ...(spentOutputs !== undefined && { spentOutputs }) }
      return draftCase(`transaction ${index}: ${comment}`, DRAFT, (judge) =>
        verdictOn(
          {
            today: judge.judgeSpend({ ...spend, isInForce: false }),
            withDraft: judge.judgeSpend({ ...spend, isInForce: true }),
          },
          valid,
        ),
      )
    }),
}

export const bip54Formats: readonly VectorFormat[] = [blocksFormat, headersFormat, transactionsFormat]

function hasKeys(json: unknown, key: string): boolean {
  const first: unknown = Array.isArray(json) ? json[0] : undefined
  return typeof first === 'object' && first !== null && key in first && 'valid' in first && 'comment' in first
}

const TIME_OFFSET = 68

/** What is said of the first item that is refused; `ok` where none is. The clock shows the last one's time, or a later one. */
function firstRefusal(
  items: readonly Uint8Array[],
  deliver: (item: Uint8Array, now: number) => ReturnType<ChainSession['deliverBlock']>,
): string {
  const times = items.map((item) => new DataView(item.buffer, item.byteOffset).getUint32(TIME_OFFSET, true))
  const now = Math.max(...times)
  for (const item of items) {
    const verdict = deliver(item, now)
    if (!['connected', 'stored', 'duplicate'].includes(verdict.outcome)) return verdictText(verdict)
  }
  return 'ok'
}
