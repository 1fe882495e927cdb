/** Every way in which a script fails, by Core's name without SCRIPT_ERR_. [Core script/script_error.h, script_tests.json] */
export const SCRIPT_ERRORS = [
  'EVAL_FALSE',
  'OP_RETURN',
  'SCRIPTNUM',
  // sizes and counts
  'SCRIPT_SIZE',
  'PUSH_SIZE',
  'OP_COUNT',
  'STACK_SIZE',
  'SIG_COUNT',
  'PUBKEY_COUNT',
  // opcodes that end in VERIFY
  'VERIFY',
  'EQUALVERIFY',
  'CHECKMULTISIGVERIFY',
  'CHECKSIGVERIFY',
  'NUMEQUALVERIFY',
  // shape of the script
  'BAD_OPCODE',
  'DISABLED_OPCODE',
  'INVALID_STACK_OPERATION',
  'INVALID_ALTSTACK_OPERATION',
  'UNBALANCED_CONDITIONAL',
  // lock time
  'NEGATIVE_LOCKTIME',
  'UNSATISFIED_LOCKTIME',
  // malleability
  'SIG_HASHTYPE',
  'SIG_DER',
  'MINIMALDATA',
  'SIG_PUSHONLY',
  'SIG_HIGH_S',
  'SIG_NULLDUMMY',
  'PUBKEYTYPE',
  'CLEANSTACK',
  'MINIMALIF',
  'NULLFAIL',
  // places kept for upgrades
  'DISCOURAGE_UPGRADABLE_NOPS',
  'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
  'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION',
  'DISCOURAGE_OP_SUCCESS',
  'DISCOURAGE_UPGRADABLE_PUBKEYTYPE',
  // witness
  'WITNESS_PROGRAM_WRONG_LENGTH',
  'WITNESS_PROGRAM_WITNESS_EMPTY',
  'WITNESS_PROGRAM_MISMATCH',
  'WITNESS_MALLEATED',
  'WITNESS_MALLEATED_P2SH',
  'WITNESS_UNEXPECTED',
  'WITNESS_PUBKEYTYPE',
  // taproot
  'SCHNORR_SIG_SIZE',
  'SCHNORR_SIG_HASHTYPE',
  'SCHNORR_SIG',
  'TAPROOT_WRONG_CONTROL_SIZE',
  'TAPSCRIPT_VALIDATION_WEIGHT',
  'TAPSCRIPT_CHECKMULTISIG',
  'TAPSCRIPT_MINIMALIF',
  'TAPSCRIPT_EMPTY_PUBKEY',
  // constant script code
  'OP_CODESEPARATOR',
  'SIG_FINDANDDELETE',
] as const

/** A failure known to Core, or one that an extension names. */
export type ScriptError = (typeof SCRIPT_ERRORS)[number] | (string & {})

/** `OK`, or why the scripts do not allow the spend. */
export type ScriptErrorName = 'OK' | ScriptError

/** Ends the evaluation: `attempt` returns the error as data. */
export function fail(error: ScriptError): never {
  throw new ScriptFailure(error)
}

/** Ends the evaluation unless a check of its own said `OK`. */
export function requireOk(outcome: ScriptErrorName): void {
  if (outcome !== 'OK') fail(outcome)
}

/** Runs an evaluation to its end and returns how it ended. */
export function attempt(evaluation: () => void): ScriptErrorName {
  try {
    evaluation()
    return 'OK'
  } catch (failure) {
    if (failure instanceof ScriptFailure) return failure.error
    throw failure
  }
}

class ScriptFailure extends Error {
  readonly error: ScriptError
  constructor(error: ScriptError) {
    super(error)
    this.error = error
  }
}
