import type { Crypto } from '../../script-engine/index.ts'
import { createCrypto } from './create-crypto.ts'
import type { Curve } from './curve.ts'
import { loadNativeCurve } from './native.ts'
import { pureCurve } from './pure.ts'
import { firstWrongAnswer } from './self-test.ts'
import { loadWasmCurve } from './wasm.ts'

/** The backends for curve operations, the fastest first. */
export const CRYPTO_BACKENDS = ['native', 'wasm', 'javascript'] as const
export type CryptoBackendName = (typeof CRYPTO_BACKENDS)[number]

/** A backend that has answered every question of the self-test. */
export interface CryptoBackend {
  readonly name: CryptoBackendName
  readonly crypto: Crypto
  /** One line for the log: the backend, and why those before it were passed over. */
  describe(): string
}

const CURVES: Readonly<Record<CryptoBackendName, () => Curve>> = {
  native: () => loadNativeCurve(pureCurve),
  wasm: () => loadWasmCurve(pureCurve),
  javascript: () => pureCurve,
}

/**
 * The first of these backends that loads and passes the self-test. Throws when there is none: a node that cannot distinguish
 * a right signature must not run.
 */
export function chooseCrypto(candidates: readonly CryptoBackendName[] = CRYPTO_BACKENDS): CryptoBackend {
  const refused: string[] = []
  for (const name of candidates) {
    try {
      const curve = CURVES[name]()
      const crypto = createCrypto(curve)
      const wrong = firstWrongAnswer(crypto)
      if (wrong === undefined)
        return { name, crypto, describe: () => [`${name} (${curve.title})`, ...refused].join('; ') }
      refused.push(`${name} failed its self-test: ${wrong}`)
    } catch (error) {
      refused.push(`${name} did not load: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    }
  }
  throw new Error(`no crypto backend can be used: ${refused.join('; ')}`)
}

export { signer } from './signer.ts'
