import { isPayToScriptHash, isPushOnly, ScriptWalk, witnessVersion } from '../script-engine/index.ts'

const OP_1NEGATE = 0x4f
/** Counts as a push, and fails when it is run. */
const OP_RESERVED = 0x50
const OP_1 = 0x51
const OP_16 = 0x60
const OP_RETURN = 0x6a
const OP_DUP = 0x76
const OP_EQUALVERIFY = 0x88
const OP_HASH160 = 0xa9
const OP_CHECKSIG = 0xac
const OP_CHECKMULTISIG = 0xae
const MULTISIG_KEYS_MAX = 20
const ELEMENT_BYTES_MAX = 520

export type OutputKind =
  | 'pubkey'
  | 'pubkeyhash'
  | 'scripthash'
  | 'multisig'
  | 'nulldata'
  | 'witness-v0-keyhash'
  | 'witness-v0-scripthash'
  | 'taproot'
  | 'anchor'
  | 'witness-unknown'
  | 'nonstandard'

/** Which template an output script follows. [Core script/solver.cpp Solver] */
export function outputKind(script: Uint8Array): OutputKind {
  if (isPayToScriptHash(script)) return 'scripthash'
  const version = witnessVersion(script)
  if (version >= 0) return witnessKind(version, script)
  if (script[0] === OP_RETURN && isPushOnly(script.subarray(1))) return 'nulldata'
  if (isPayToPublicKey(script)) return 'pubkey'
  if (isPayToPublicKeyHash(script)) return 'pubkeyhash'
  return multisigShape(script) === undefined ? 'nonstandard' : 'multisig'
}

function witnessKind(version: number, script: Uint8Array): OutputKind {
  const size = script.length - 2
  if (version === 0) {
    if (size === 20) return 'witness-v0-keyhash'
    return size === 32 ? 'witness-v0-scripthash' : 'nonstandard'
  }
  if (version === 1 && size === 32) return 'taproot'
  return isPayToAnchor(script) ? 'anchor' : 'witness-unknown'
}

/** OP_1 <4e73>, which anyone may spend without a witness. [Core CScript::IsPayToAnchor] */
export function isPayToAnchor(script: Uint8Array): boolean {
  return (
    script.length === 4 && script[0] === OP_1 && script[1] === 2 && script[2] === 0x4e && script[3] === 0x73
  )
}

function isPayToPublicKeyHash(s: Uint8Array): boolean {
  return (
    s.length === 25 &&
    s[0] === OP_DUP &&
    s[1] === OP_HASH160 &&
    s[2] === 20 &&
    s[23] === OP_EQUALVERIFY &&
    s[24] === OP_CHECKSIG
  )
}

function isPayToPublicKey(s: Uint8Array): boolean {
  const size = s[0]!
  if (size !== 33 && size !== 65) return false
  return s.length === size + 2 && s[size + 1] === OP_CHECKSIG && publicKeySize(s[1]!) === size
}

/** Length that a public key's first byte announces; 0 for none. */
function publicKeySize(first: number): number {
  if (first === 2 || first === 3) return 33
  return first === 4 || first === 6 || first === 7 ? 65 : 0
}

/** `m` of `n` of a bare multisig output, or nothing; `n` is at most 20. [Core script/solver.cpp MatchMultisig] */
export function multisigShape(script: Uint8Array): { need: number; keys: number } | undefined {
  const need = countAt(script, 0)
  if (need === undefined) return undefined
  let at = need.end
  let keys = 0
  while (script[at] === 33 || script[at] === 65) {
    const size = script[at]!
    if (at + size >= script.length || publicKeySize(script[at + 1]!) !== size) return undefined
    keys++
    at += size + 1
  }
  const total = countAt(script, at)
  if (total?.count !== keys || total.end !== script.length - 1 || script[total.end] !== OP_CHECKMULTISIG)
    return undefined
  return need.count <= keys ? { need: need.count, keys } : undefined
}

/** A number of keys from 1 to 20 in its shortest form, and where it ends. [Core GetScriptNumber] */
function countAt(script: Uint8Array, at: number): { count: number; end: number } | undefined {
  const small = smallNumber(script[at] ?? 0)
  if (small > 0) return { count: small, end: at + 1 }
  const count = script[at + 1] ?? 0
  return script[at] === 1 && count > 16 && count <= MULTISIG_KEYS_MAX ? { count, end: at + 2 } : undefined
}

function smallNumber(opcode: number): number {
  return opcode >= OP_1 && opcode <= OP_16 ? opcode - OP_1 + 1 : 0
}

/** What a push-only script leaves on top of the stack; nothing when it leaves nothing, fails, or is no such script. */
export function lastPush(script: Uint8Array): Uint8Array | undefined {
  if (!isPushOnly(script)) return undefined
  const walk = new ScriptWalk(script)
  let last: Uint8Array | undefined
  while (walk.next()) {
    if (walk.opcode === OP_RESERVED) return undefined
    last = walk.opcode < OP_1NEGATE ? walk.data() : Uint8Array.of(smallNumber(walk.opcode) || 0x81)
    if (last.length > ELEMENT_BYTES_MAX) return undefined
  }
  return last
}
