import { facetOf } from '../../../adapters/index.ts'
import { isHex, requireBytes, textOf } from '../content.ts'
import { compare, tableOf, type VectorFormat } from '../format.ts'

const HEAD = 'index,secret key,public key,aux_rand,message,signature,verification result,comment'

/** BIP340's table of signatures, valid and not; the secret keys are for signers. */
export const bip340Format: VectorFormat = {
  name: 'BIP340 signatures',
  detects: ({ bytes }) => textOf(bytes.subarray(0, HEAD.length)) === HEAD,
  read: ({ bytes }) =>
    tableOf(
      textOf(bytes).split(/\r?\n/).slice(1).filter(Boolean),
      (line, row) => {
        const [index, , publicKey, , message, signature, result, ...comment] = line.split(',')
        if (index !== String(row)) throw new Error(`expected the index ${row}, got ${index}`)
        if (![publicKey, message, signature].every(isHex))
          throw new Error('expected a public key, a message and a signature in hex')
        if (result !== 'TRUE' && result !== 'FALSE')
          throw new Error(`expected TRUE or FALSE as the verification result, got ${result}`)
        return {
          id: `signature ${index}${comment.join() && `: ${comment.join()}`}`,
          run: (engine) =>
            compare(
              String(
                facetOf(engine, 'scripts').verifySchnorr(
                  requireBytes(publicKey!),
                  requireBytes(message!),
                  requireBytes(signature!),
                ),
              ),
              result.toLowerCase(),
            ),
        }
      },
      { place: 'line', first: 2 },
    ),
}
