import type { ScriptErrorName } from './errors.ts'
import { fail, requireOk } from './errors.ts'
import type { Feature } from './features.ts'
import { isMinimalPush, isPushOnly, OP_PUSHDATA4 } from './instruction.ts'
import type { Constraint, ConstraintSubjects, Constraints, ScriptContext, SigVersion } from './machine.ts'
import { isMinimalNumber } from './number.ts'
import { hasDefinedHashType, isLowS, isStrictDer } from './signature/der.ts'
import { isCompressed, isCompressedOrUncompressed } from './signature/public-key.ts'

const OP_CODESEPARATOR = 0xab

/** What Bitcoin's own soft forks and policies ask for at the shared points. */
const BUILT_IN: Constraints = {
  scriptSig: [unless(isPushOnly, 'SIG_PUSHONLY', ['SIGPUSHONLY'])],
  instruction: [
    {
      features: ['CONST_SCRIPTCODE'],
      check: ({ code }, { sigVersion }) =>
        code === OP_CODESEPARATOR && sigVersion === 'legacy' ? 'OP_CODESEPARATOR' : 'OK',
    },
    unless((push) => !push.isExecuted || push.code > OP_PUSHDATA4 || isMinimalPush(push), 'MINIMALDATA', [
      'MINIMALDATA',
    ]),
  ],
  number: [unless(isMinimalNumber, 'SCRIPTNUM', ['MINIMALDATA'])],
  condition: [
    unlessIn('witness-v0', isMinimalCondition, 'MINIMALIF', ['MINIMALIF']),
    unlessIn('tapscript', isMinimalCondition, 'TAPSCRIPT_MINIMALIF', ['TAPROOT']),
  ],
  signatureEncoding: [
    unless(isStrictDer, 'SIG_DER', ['DERSIG', 'LOW_S', 'STRICTENC']),
    unless(isLowS, 'SIG_HIGH_S', ['LOW_S']),
    unless(hasDefinedHashType, 'SIG_HASHTYPE', ['STRICTENC']),
  ],
  publicKeyEncoding: [
    unless(isCompressedOrUncompressed, 'PUBKEYTYPE', ['STRICTENC']),
    unlessIn('witness-v0', isCompressed, 'WITNESS_PUBKEYTYPE', ['WITNESS_PUBKEYTYPE']),
  ],
  failedSignature: [unless(() => false, 'NULLFAIL', ['NULLFAIL'])],
  multisigDummy: [unless((dummy) => dummy.length === 0, 'SIG_NULLDUMMY', ['NULLDUMMY'])],
  signatureInScript: [unless(() => false, 'SIG_FINDANDDELETE', ['CONST_SCRIPTCODE'])],
  finalStack: [unless((stack) => stack.length === 1, 'CLEANSTACK', ['CLEANSTACK'])],
}

/** Fails the script when a constraint at this point, built in or of an extension, is switched on and broken. */
export function constrain<Point extends keyof ConstraintSubjects>(
  point: Point,
  subject: ConstraintSubjects[Point],
  context: ScriptContext,
): void {
  for (const constraints of [BUILT_IN[point], context.extension.constraints?.[point]]) {
    for (const { features, check } of constraints ?? []) {
      if (features.some((feature) => context.features.has(feature))) requireOk(check(subject, context))
    }
  }
}

/** Fails the script when it uses a place kept for upgrades and policy asks to keep away from it. */
export function discourage(feature: Feature & `DISCOURAGE_${string}`, context: ScriptContext): void {
  if (context.features.has(feature)) fail(feature)
}

function isMinimalCondition(item: Uint8Array): boolean {
  return item.length === 0 || (item.length === 1 && item[0] === 1)
}

function unless<Subject>(
  holds: (subject: Subject) => boolean,
  error: ScriptErrorName,
  features: readonly Feature[],
): Constraint<Subject> {
  return { features, check: (subject) => (holds(subject) ? 'OK' : error) }
}

function unlessIn<Subject>(
  version: SigVersion,
  holds: (subject: Subject) => boolean,
  error: ScriptErrorName,
  features: readonly Feature[],
): Constraint<Subject> {
  return {
    features,
    check: (subject, { sigVersion }) => (sigVersion !== version || holds(subject) ? 'OK' : error),
  }
}
