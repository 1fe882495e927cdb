import type { Engine } from '../../ports/index.ts'
import { addressFormats } from './addresses.ts'
import { blockTestsFormat } from './chain/block-tests.ts'
import { headersFormat } from './chain/headers.ts'
import { transactionFormat } from './context-free/transaction.ts'
import { draftFormats } from './drafts/index.ts'
import { fileListFormat } from './file-list.ts'
import { foreignFormats } from './foreign.ts'
import type { VectorContent, VectorFormat } from './format.ts'
import { lightFormats } from './light.ts'
import { scriptFormats } from './script/index.ts'

const formats: readonly VectorFormat[] = [
  headersFormat,
  blockTestsFormat,
  transactionFormat,
  fileListFormat,
  ...scriptFormats,
  ...lightFormats,
  ...addressFormats,
  ...draftFormats,
  ...foreignFormats,
]

/** The format of this content, or undefined; files of blocks are recognised by `readBlockFile`. */
export function findFormat(content: VectorContent): VectorFormat | undefined {
  return formats.find((format) => format.detects(content))
}

/** Whether a format holds nothing that an engine could be asked. */
export function isForeign(format: string): boolean {
  return foreignFormats.some(({ name }) => name === format)
}

/** Why an engine has no business with a format; undefined when it has. */
export function notApplicable(format: string, engine: Engine): string | undefined {
  const foreign = foreignFormats.find(({ name }) => name === format)
  if (foreign !== undefined) return foreign.why
  const isOneOf = (group: readonly VectorFormat[]) => group.some(({ name }) => name === format)
  if (isOneOf(lightFormats) && engine.light === undefined) return 'it is no rule of consensus'
  if (isOneOf(addressFormats) && engine.addresses === undefined)
    return 'encodings for people are no rule of consensus'
  if (isOneOf(draftFormats) && engine.draft === undefined) return 'a proposal that is not part of the chain'
  const needsBlocks = format === 'blocks' || format === blockTestsFormat.name
  if (needsBlocks && !engine.capabilities.has('blocks')) return 'it judges no blocks'
  return undefined
}
