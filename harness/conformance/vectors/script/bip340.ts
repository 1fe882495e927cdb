import { textOf } from '../content.ts'
import { compare, type VectorFormat } from '../format.ts'
import { fromHex } from './bytes.ts'

const HEAD = 'index,secret key,public key,aux_rand,message,signature,verification result,comment'

/** BIP340's table of signatures, valid and not; the secret keys are for signers. */
export const bip340Format: VectorFormat = {
  name: 'BIP340 signatures',
  detects: ({ bytes }) => textOf(bytes.subarray(0, HEAD.length)) === HEAD,
  cases: function* ({ bytes }) {
    const [, ...lines] = textOf(bytes).split(/\r?\n/).filter(Boolean)
    for (const line of lines) {
      const [index, , publicKey, , message, signature, result, ...comment] = line.split(',') as string[]
      yield {
        id: `signature ${index}${comment.join() && `: ${comment.join()}`}`,
        run: (engine) =>
          compare(
            String(engine.verifySchnorr(fromHex(publicKey!), fromHex(message!), fromHex(signature!))),
            result!.toLowerCase(),
          ),
      }
    }
  },
}
