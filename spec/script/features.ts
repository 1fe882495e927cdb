/** What the machine can enforce, by Core's flag names without SCRIPT_VERIFY_. [Core script/interpreter.h] */
export const FEATURES = [
  // consensus, in order of activation
  'P2SH', // BIP16
  'DERSIG', // BIP66
  'CHECKLOCKTIMEVERIFY', // BIP65
  'CHECKSEQUENCEVERIFY', // BIP112
  'WITNESS', // BIP141, BIP143
  'NULLDUMMY', // BIP147
  'TAPROOT', // BIP341, BIP342
  // policy: what is relayed, not what is valid
  'STRICTENC',
  'LOW_S',
  'SIGPUSHONLY',
  'MINIMALDATA',
  'CLEANSTACK',
  'MINIMALIF',
  'NULLFAIL',
  'WITNESS_PUBKEYTYPE',
  'CONST_SCRIPTCODE',
  'DISCOURAGE_UPGRADABLE_NOPS',
  'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
  'DISCOURAGE_UPGRADABLE_PUBKEYTYPE',
  'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION',
  'DISCOURAGE_OP_SUCCESS',
] as const

/** A feature the machine knows, or one that switches an extension on. */
export type Feature = (typeof FEATURES)[number] | (string & {})
