import type { VectorFormat } from '../format.ts'
import { bip54Formats } from './bip54.ts'
import { draftSpendsFormat } from './draft-spends.ts'
import { merkleRootOutputsFormat } from './merkle-root-outputs.ts'
import { templateHashesFormat } from './template-hashes.ts'

/** Vectors of consensus proposals that are in force on no chain. */
export const draftFormats: readonly VectorFormat[] = [
  ...bip54Formats,
  draftSpendsFormat,
  merkleRootOutputsFormat,
  templateHashesFormat,
]
