import type { Facets, Library, LibraryCapability } from '../ports/index.ts'
import { Abstention } from './abstention.ts'

/** What an engine of ours answers without a chain, as a library. */
export function libraryOf(
  { scripts, contextFree }: Required<Pick<Facets, 'scripts' | 'contextFree'>>,
  can: ReadonlySet<LibraryCapability>,
  decode: Library['decode'] = () => {
    throw new Abstention('it decodes nothing by itself')
  },
): Library {
  return {
    can,
    verifyScript: scripts.verifyScript,
    signatureHash: scripts.signatureHash,
    checkTransaction: contextFree.checkTransaction,
    checkBlock: contextFree.checkBlock,
    decode,
  }
}
