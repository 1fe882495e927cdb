/**
 * Which rules the script machine applies: bits of one number. Consensus flags are set by deployments, the others by
 * policy. Names are Core's without the prefix SCRIPT_VERIFY_. [Core script/interpreter.h]
 */
export const FLAG = {
  P2SH: 1 << 0,
  STRICTENC: 1 << 1,
  DERSIG: 1 << 2,
  LOW_S: 1 << 3,
  NULLDUMMY: 1 << 4,
  SIGPUSHONLY: 1 << 5,
  MINIMALDATA: 1 << 6,
  DISCOURAGE_UPGRADABLE_NOPS: 1 << 7,
  CLEANSTACK: 1 << 8,
  CHECKLOCKTIMEVERIFY: 1 << 9,
  CHECKSEQUENCEVERIFY: 1 << 10,
  WITNESS: 1 << 11,
  DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM: 1 << 12,
  MINIMALIF: 1 << 13,
  NULLFAIL: 1 << 14,
  WITNESS_PUBKEYTYPE: 1 << 15,
  CONST_SCRIPTCODE: 1 << 16,
  TAPROOT: 1 << 17,
  DISCOURAGE_UPGRADABLE_TAPROOT_VERSION: 1 << 18,
  DISCOURAGE_OP_SUCCESS: 1 << 19,
  DISCOURAGE_UPGRADABLE_PUBKEYTYPE: 1 << 20,
} as const

export type FlagName = keyof typeof FLAG

/** Every flag a block may be judged by. [Core MANDATORY_SCRIPT_VERIFY_FLAGS] */
export const CONSENSUS_FLAGS =
  FLAG.P2SH |
  FLAG.DERSIG |
  FLAG.NULLDUMMY |
  FLAG.CHECKLOCKTIMEVERIFY |
  FLAG.CHECKSEQUENCEVERIFY |
  FLAG.WITNESS |
  FLAG.TAPROOT

/** Every flag that an unconfirmed transaction is judged by. [Core STANDARD_SCRIPT_VERIFY_FLAGS] */
export const STANDARD_FLAGS =
  CONSENSUS_FLAGS |
  FLAG.STRICTENC |
  FLAG.MINIMALDATA |
  FLAG.DISCOURAGE_UPGRADABLE_NOPS |
  FLAG.CLEANSTACK |
  FLAG.MINIMALIF |
  FLAG.NULLFAIL |
  FLAG.LOW_S |
  FLAG.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM |
  FLAG.WITNESS_PUBKEYTYPE |
  FLAG.CONST_SCRIPTCODE |
  FLAG.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION |
  FLAG.DISCOURAGE_OP_SUCCESS |
  FLAG.DISCOURAGE_UPGRADABLE_PUBKEYTYPE

/** The flags of these names; `NONE` and the empty name stand for nothing. Throws RangeError on an unknown name. */
export function flagsFromNames(names: Iterable<string>): number {
  let flags = 0
  for (const name of names) {
    if (name === '' || name === 'NONE') continue
    if (!Object.hasOwn(FLAG, name)) throw new RangeError(`unknown script flag ${name}`)
    flags |= FLAG[name as FlagName]
  }
  return flags
}
