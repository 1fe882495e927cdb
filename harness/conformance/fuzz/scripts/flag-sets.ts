/** Flags that the consensus knows, each free to be there or not. */
const FREE = ['DERSIG', 'NULLDUMMY', 'CHECKLOCKTIMEVERIFY', 'CHECKSEQUENCEVERIFY'] as const

/** WITNESS stands on P2SH. [Core bitcoinkernel.cpp is_valid_flag_combination] */
const FOUNDATIONS = [[], ['P2SH'], ['P2SH', 'WITNESS']] as const

/** Every set of consensus flags that Core's engine takes: 96. */
export const FLAG_SETS: readonly (readonly string[])[] = FOUNDATIONS.flatMap((foundation) =>
  subsetsOf(['TAPROOT', ...FREE]).map((more) => [...foundation, ...more]),
)

const CONSENSUS = ['P2SH', 'WITNESS', 'TAPROOT', ...FREE]

const POLICY = [
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
]

/** All consensus flags with one policy flag, with all of them, and with all but one. */
export const POLICY_SETS: readonly (readonly string[])[] = [
  ...POLICY.map((flag) => [...CONSENSUS, flag]),
  [...CONSENSUS, ...POLICY],
  ...POLICY.map((flag) => [...CONSENSUS, ...POLICY.filter((other) => other !== flag)]),
]

function subsetsOf(flags: readonly string[]): string[][] {
  return Array.from({ length: 1 << flags.length }, (_, set) => flags.filter((_, bit) => set & (1 << bit)))
}
