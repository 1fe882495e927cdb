import {
  type AnswerTo,
  LIBRARY_CAPABILITIES,
  type Library,
  type LibraryCapability,
  type Question,
  writeBlockRequest,
  writeDecodeRequest,
  writeScriptRequest,
  writeSignatureHashRequest,
} from '../../ports/index.ts'
import { Abstention } from '../abstention.ts'

type Ask = <Asked extends Question>(question: Asked) => AnswerTo<Asked>

/** What a handler can be asked without a chain; undefined when it is no library. */
export function stdioLibrary(
  {
    capabilities,
    flags,
  }: { readonly capabilities: readonly string[]; readonly flags?: readonly string[] | undefined },
  ask: Ask,
): Library | undefined {
  const can = new Set<LibraryCapability>(
    LIBRARY_CAPABILITIES.filter((capability) => capabilities.includes(capability)),
  )
  if (!ASKED.some((capability) => can.has(capability))) return undefined
  const need = (capability: LibraryCapability) => {
    if (!can.has(capability)) throw new Abstention(`it lacks ${capability}`)
  }
  return {
    can,
    ...(flags === undefined ? {} : { flags: new Set(flags) }),
    verifyScript(request) {
      need('verifyScript')
      return ask(writeScriptRequest(request)).value
    },
    signatureHash(request) {
      need('signatureHash')
      return ask(writeSignatureHashRequest(request)).value
    },
    checkTransaction(transaction) {
      need('checkTransaction')
      return ask({ op: 'checkTransaction', transaction: Buffer.from(transaction).toString('hex') }).value
    },
    checkBlock(request) {
      need('checkBlock')
      return ask(writeBlockRequest(request)).value
    },
    decode(request) {
      need('decode')
      const { value } = ask(writeDecodeRequest(request))
      return 'invalid' in value ? undefined : value
    },
  }
}

/** Those that are requests. */
const ASKED = ['verifyScript', 'signatureHash', 'checkTransaction', 'checkBlock', 'decode'] as const
