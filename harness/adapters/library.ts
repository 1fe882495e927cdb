import type { Engine, Library, LibraryCapability } from '../ports/index.ts'
import { Abstention } from './abstention.ts'

/** What an engine of ours answers without a chain, as a library. */
export function libraryOf(
  engine: Engine,
  can: ReadonlySet<LibraryCapability>,
  decode: Library['decode'] = () => {
    throw new Abstention('it decodes nothing by itself')
  },
): Library {
  return {
    can,
    verifyScript: engine.verifyScript,
    signatureHash: engine.signatureHash,
    checkTransaction: engine.checkTransaction,
    checkBlock: engine.checkLooseBlock,
    decode,
  }
}
