import { encodeAddress } from '../../../address-encoding/index.ts'
import { outputKind } from '../../../mempool/index.ts'
import { OP, ScriptWalk } from '../../../script-engine/index.ts'
import { concatBytes, type Hasher } from '../../../wire/index.ts'
import { describeScript } from '../../describe/script-json.ts'
import { parseHex } from '../../member.ts'
import { method } from '../../method.ts'
import type { RpcNode } from '../../node.ts'
import { text } from '../../parameter.ts'

const SCRIPT_BYTES_MAX = 10_000
/** The highest opcode with a meaning outside tapscript. [Core MAX_OPCODE] */
const OPCODE_MAX = OP.NOP10
/** Kinds that make sense behind a hash. */
const WRAPPED = new Set([
  'multisig',
  'nonstandard',
  'pubkey',
  'pubkeyhash',
  'witness-v0-keyhash',
  'witness-v0-scripthash',
])

export const decodescript = method({
  name: 'decodescript',
  category: 'rawtransactions',
  summary: 'Returns the parts of a script, and the addresses that stand for it',
  parameters: { hexstring: text('The script in hex') },
  run: ({ hexstring }, node) => {
    const script = parseHex(hexstring, 'argument')
    const { addresses } = node.view.chain.chain
    const { hex: _, ...described } = describeScript(script, addresses, node.view.crypto)
    if (!WRAPPED.has(outputKind(script)) || !isSpendable(script)) return described
    const segwit = segwitProgram(script, node.view.crypto)
    return {
      ...described,
      p2sh: scriptAddress(script, node),
      ...(segwit === undefined
        ? {}
        : {
            segwit: {
              ...describeScript(segwit, addresses, node.view.crypto),
              'p2sh-segwit': scriptAddress(segwit, node),
            },
          }),
    }
  },
})

/** Nothing in it makes it fail wherever it stands, and nothing has a meaning in tapscript alone. */
function isSpendable(script: Uint8Array): boolean {
  if (script[0] === OP.RETURN || script.length > SCRIPT_BYTES_MAX) return false
  const walk = new ScriptWalk(script)
  while (walk.next()) if (walk.opcode > OPCODE_MAX || isOpSuccess(walk.opcode)) return false
  return !walk.truncated
}

/** [BIP342 §Rules] */
function isOpSuccess(opcode: number): boolean {
  return (
    opcode === 80 ||
    opcode === 98 ||
    (opcode >= 126 && opcode <= 129) ||
    (opcode >= 131 && opcode <= 134) ||
    (opcode >= 137 && opcode <= 138) ||
    (opcode >= 141 && opcode <= 142) ||
    (opcode >= 149 && opcode <= 153)
  )
}

/** The witness program that stands for a script; nothing where it would hold a key that witnesses do not admit. */
function segwitProgram(script: Uint8Array, hasher: Hasher): Uint8Array | undefined {
  switch (outputKind(script)) {
    case 'pubkey':
      return isCompressed(script[0]!) ? keyProgram(hasher.hash160(script.subarray(1, -1))) : undefined
    case 'pubkeyhash':
      return keyProgram(script.subarray(3, 23))
    case 'multisig': {
      const walk = new ScriptWalk(script)
      while (walk.next()) if (walk.data().length > 1 && !isCompressed(walk.data().length)) return undefined
      return scriptProgram(script, hasher)
    }
    case 'nonstandard':
      return scriptProgram(script, hasher)
    default:
      return undefined
  }
}

function isCompressed(keyLength: number): boolean {
  return keyLength === 33
}

function keyProgram(hash: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0, 20), hash)
}

function scriptProgram(script: Uint8Array, hasher: Hasher): Uint8Array {
  return concatBytes(Uint8Array.of(0, 32), hasher.sha256(script))
}

function scriptAddress(script: Uint8Array, { view }: RpcNode): string | undefined {
  const hash = view.crypto.hash160(script)
  const output = concatBytes(Uint8Array.of(OP.HASH160, 20), hash, Uint8Array.of(OP.EQUAL))
  return encodeAddress(output, view.chain.chain.addresses, view.crypto)
}
