/** Public formats about scripts, signatures and their hashes. */
import type { VectorFormat } from '../format.ts'
import { bip340Format } from './bip340.ts'
import { bip341WalletFormat } from './bip341-wallet.ts'
import { canonicalSignaturesFormat, nonCanonicalSignaturesFormat } from './der-signatures.ts'
import { formerScriptTestsFormat } from './former-script-tests.ts'
import { scriptAssetsFormat } from './script-assets.ts'
import { scriptTestsFormats } from './script-tests.ts'
import { signatureHashesFormat } from './signature-hashes.ts'
import { templateHashSpendsFormat } from './template-hash-spends.ts'
import { transactionFormats } from './transaction-tests.ts'

export const scriptFormats: readonly VectorFormat[] = [
  ...scriptTestsFormats,
  ...transactionFormats,
  signatureHashesFormat,
  templateHashSpendsFormat,
  formerScriptTestsFormat,
  bip340Format,
  bip341WalletFormat,
  scriptAssetsFormat,
  canonicalSignaturesFormat,
  nonCanonicalSignaturesFormat,
]
