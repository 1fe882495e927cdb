import { coinbaseHeight, versionAtLeast2 } from '../rules/index.ts'
import { encodeNumber, encodePush } from '../script/index.ts'
import { height, sats } from '../vocabulary/index.ts'
import { drawBytes, drawFrom } from './draw.ts'
import { about, blockOf } from './example.ts'
import type { Upgrade } from './upgrade.ts'

export const bip34: Upgrade = {
  id: 'bip34',
  text: "A coinbase begins with its block's height, and versions start at 2.",
  sources: ['BIP34'],
  deployment: 'bip34',
  rules: [versionAtLeast2, coinbaseHeight],
  examples: {
    accepts: [withVersion(2), withHeights(227_931, 227_931)],
    rejects: [withVersion(1), withVersion(-1), withHeights(227_931, 227_930)],
    generator: (draw) => {
      const [at, after] = [HEIGHT_LEAST + draw(2 ** 30), drawBytes(draw, 0, 20)]
      return {
        accepts: drawFrom(draw, [() => withVersion(2 + draw(2 ** 30)), () => withHeights(at, at, after)]),
        rejects: drawFrom(draw, [
          () => withVersion(1 - draw(2 ** 31)),
          () => withHeights(at, at + 1 + draw(2 ** 30), after),
        ]),
      }
    },
  },
}

/** The first height that is pushed as a number of bytes. */
const HEIGHT_LEAST = 17

function withVersion(version: number) {
  return about(versionAtLeast2, blockOf(new Uint8Array(), sats(0), version))
}

/** A block of one height whose coinbase announces another. */
function withHeights(own: number, announced: number, after: Uint8Array = new Uint8Array()) {
  const scriptSig = Uint8Array.of(...encodePush(encodeNumber(announced)), ...after)
  return about(coinbaseHeight, { block: blockOf(scriptSig, sats(0)), height: height(own) })
}
