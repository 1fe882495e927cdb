import { createRequire } from 'node:module'
import { concatBytes, counted, taggedHash } from '../../../wire/index.ts'
import { requireBytes } from '../content.ts'
import { assemble } from './assembler.ts'

const SCRIPT = '#SCRIPT#'
const CONTROL_BLOCK = '#CONTROLBLOCK#'
/** An output script to be made from the witness. */
export const TAPROOT_OUTPUT = '0x51 0x20 #TAPROOTOUTPUT#'

/** What stands before a script test's scripts. */
export interface Witness {
  readonly items: readonly Uint8Array[]
  readonly amount: bigint
  /** Of the output whose tree holds the one script before `#CONTROLBLOCK#`. */
  readonly outputScript?: Uint8Array
}

/** Items in hex or as placeholders, then the amount in whole coins. */
export function readWitness(fields: readonly unknown[]): Witness {
  const items: Uint8Array[] = []
  let outputScript: Uint8Array | undefined
  for (const field of fields.slice(0, -1) as string[]) {
    if (field.startsWith(SCRIPT)) items.push(assemble(field.slice(SCRIPT.length)))
    else if (field === CONTROL_BLOCK) {
      const tree = singleLeafTree(items.at(-1)!)
      items.push(tree.controlBlock)
      outputScript = tree.outputScript
    } else items.push(requireBytes(field))
  }
  const amount = BigInt(Math.round((fields.at(-1) as number) * 1e8))
  return { items, amount, ...(outputScript && { outputScript }) }
}

/** The generator's x: the internal key that Core's tests take, whose secret is 1. */
const INTERNAL_KEY = requireBytes('79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798')
const TAPSCRIPT = 0xc0

function singleLeafTree(script: Uint8Array): { outputScript: Uint8Array; controlBlock: Uint8Array } {
  const leaf = taggedHash('TapLeaf', Uint8Array.of(TAPSCRIPT), counted(script))
  const output = curve().xOnlyPointAddTweak(INTERNAL_KEY, taggedHash('TapTweak', INTERNAL_KEY, leaf))
  if (output === null) throw new Error('the tweaked key is no point')
  return {
    outputScript: concatBytes(Uint8Array.of(0x51, 0x20), output.xOnlyPubkey),
    controlBlock: concatBytes(Uint8Array.of(TAPSCRIPT + output.parity), INTERNAL_KEY),
  }
}

/** Loaded where a placeholder asks for it: without the package everything else works. */
function curve(): typeof import('tiny-secp256k1') {
  return createRequire(import.meta.url)('tiny-secp256k1') as typeof import('tiny-secp256k1')
}
