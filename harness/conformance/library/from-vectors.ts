import { facetOf } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import { writeBlockRequest, writeScriptRequest, writeSignatureHashRequest } from '../../ports/index.ts'
import type { VectorSet } from '../vectors/format.ts'
import type { LibraryCase } from './library-case.ts'

/** Everything that the cases of a set of vectors ask the specification, each with its answer. */
export function* casesOfVectors(set: VectorSet, reference: Engine): Generator<LibraryCase, void> {
  for (const one of set.table().cases) {
    const heard: LibraryCase[] = []
    try {
      one.run(listening(reference, one.id, heard))
    } catch {
      // What the specification cannot be asked, nobody is.
      continue
    }
    yield* heard
  }
}

/** The engine; what it is asked, and answers, is heard. */
function listening(engine: Engine, id: string, heard: LibraryCase[]): Engine {
  const hear = (question: LibraryCase['question'], expected: string): string => {
    heard.push({ id: heard.length === 0 ? id : `${id} (${heard.length + 1})`, question, expected })
    return expected
  }
  const [scripts, contextFree] = [facetOf(engine, 'scripts'), facetOf(engine, 'contextFree')]
  return {
    ...engine,
    scripts: {
      ...scripts,
      verifyScript: (request) => hear(writeScriptRequest(request), scripts.verifyScript(request)),
      signatureHash: (request) => hear(writeSignatureHashRequest(request), scripts.signatureHash(request)),
    },
    contextFree: {
      checkTransaction: (transaction) =>
        hear(
          { op: 'checkTransaction', transaction: Buffer.from(transaction).toString('hex') },
          contextFree.checkTransaction(transaction),
        ),
      checkBlock: (request) => hear(writeBlockRequest(request), contextFree.checkBlock(request)),
      // Libraries are not asked this.
      checkOnParent: contextFree.checkOnParent,
    },
  }
}
