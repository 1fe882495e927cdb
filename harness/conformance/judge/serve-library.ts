import { match } from 'ts-pattern'
import type { DecodedItem, Library, LibraryQuestion } from '../../ports/index.ts'
import { readBlockRequest, readScriptRequest, readSignatureHashRequest } from '../../ports/index.ts'

/** The value with which a library answers a request. */
export function askLibrary(
  library: Library | undefined,
  question: LibraryQuestion,
): string | DecodedItem | { readonly invalid: string } {
  if (library === undefined) throw new Error('it is no library')
  return match(question)
    .with({ op: 'verifyScript' }, (request) => library.verifyScript(readScriptRequest(request)))
    .with({ op: 'signatureHash' }, (request) => library.signatureHash(readSignatureHashRequest(request)))
    .with({ op: 'checkTransaction' }, ({ transaction }) =>
      library.checkTransaction(Uint8Array.from(Buffer.from(transaction, 'hex'))),
    )
    .with({ op: 'checkBlock' }, (request) => library.checkBlock(readBlockRequest(request)))
    .with(
      { op: 'decode' },
      ({ kind, bytes }) =>
        library.decode({ kind, bytes: Uint8Array.from(Buffer.from(bytes, 'hex')) }) ?? {
          invalid: `no ${kind}`,
        },
    )
    .exhaustive()
}
