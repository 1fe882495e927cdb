import type { Mutant } from '../mutant.ts'

const VERIFY = 'impl/script-engine/verify-input.ts'
const PROGRAM = 'impl/script-engine/witness-program.ts'
const TAPROOT = 'impl/script-engine/sighash/taproot.ts'
const CRYPTO = 'impl/script-engine/operations/crypto.ts'

/** Witness programs and tapscript. */
export const witnessMutants: readonly Mutant[] = [
  {
    id: 'S30',
    bug: 'The flag that makes scripts look at witnesses is never set: anyone may spend.',
    source: 'Bitcoin Private in 2018 (#140)',
    file: VERIFY,
    find: 'if (!this.#has(FLAG.WITNESS)) return OK\n    const version',
    replace: 'if (this.#flags >= 0) return OK\n    const version',
  },
  {
    id: 'W03',
    bug: 'A nested witness program may be spent with more than its one push.',
    source: 'libbitcoin in 2026 (#1935)',
    file: VERIFY,
    find: 'if (!equalBytes(this.#scriptSig, onlyScriptSig))',
    replace: 'if (!isNested && !equalBytes(this.#scriptSig, onlyScriptSig))',
  },
  {
    id: 'W04',
    bug: 'An input without a witness program may carry a witness.',
    source: 'BIP141',
    file: VERIFY,
    find: 'if (this.#has(FLAG.WITNESS) && !this.#usedWitness && this.#witness.length > 0)\n      return ERROR.WITNESS_UNEXPECTED',
    replace: '',
  },
  {
    id: 'W07',
    bug: 'A signature in a version 0 witness signs all sequences even when it signs one output or none.',
    source: 'BIP143',
    file: 'impl/script-engine/sighash/witness-v0.ts',
    find: 'anyoneCanPay || !allOutputs ? ZEROS : digests.doubleSequences',
    replace: 'anyoneCanPay ? ZEROS : digests.doubleSequences',
  },
  {
    id: 'W08',
    bug: 'Taproot rules apply inside a script hash too.',
    source: 'BIP341',
    file: PROGRAM,
    find: 'if (version === 1 && program.length === 32 && !isNested)',
    replace: 'if (version === 1 && program.length === 32)',
  },
  {
    id: 'T01',
    bug: 'A leaf of unknown version needs no commitment: anyone may spend.',
    source: 'libbitcoin (#1927)',
    file: PROGRAM,
    find: 'if (!isCommitted(outputKeyX, control, leaf, crypto))',
    replace: 'if (leafVersion === LEAF_TAPSCRIPT && !isCommitted(outputKeyX, control, leaf, crypto))',
  },
  {
    id: 'T02',
    bug: 'Signature checks of a tapscript are paid for by the stack alone, not by the whole witness.',
    source: 'libbitcoin (#1929)',
    file: PROGRAM,
    find: 'serializedSize(witness) + WEIGHT_ALLOWANCE',
    replace: 'serializedSize(stack.slice(0, -2)) + WEIGHT_ALLOWANCE',
  },
  {
    id: 'T03',
    bug: 'A signature for a key of unknown type is false.',
    source: 'libbitcoin (#1929, 36bbdc83a)',
    file: CRYPTO,
    find: ': isSigned\n',
    replace: ': false\n',
  },
  {
    id: 'T05',
    bug: 'The position of a separator in a tapscript is one too high.',
    source: 'libbitcoin in 2025 (7438280e1)',
    file: CRYPTO,
    find: 'codeSeparatorAt = machine.position',
    replace: 'codeSeparatorAt = machine.position + 1',
  },
  {
    id: 'T06',
    bug: 'A condition in a tapscript may be any element.',
    source: 'libbitcoin in 2026 (#1932)',
    file: 'impl/script-engine/operations/control.ts',
    find: 'if (machine.version === SIG_VERSION.TAPSCRIPT) return ERROR.TAPSCRIPT_MINIMALIF',
    replace: '',
  },
  {
    id: 'T07',
    bug: 'The limit of stack elements comes before OP_SUCCESS.',
    source: 'BIP342 §Execution',
    file: PROGRAM,
    find: 'const walk = new ScriptWalk(script)',
    replace:
      'if (stack.length > STACK_ELEMENTS_MAX) return ERROR.STACK_SIZE\n  const walk = new ScriptWalk(script)',
  },
  {
    id: 'T08',
    bug: 'Signatures do not sign the annex.',
    source: 'BIP341 §Common signature message',
    file: TAPROOT,
    find: 'if (annexHash !== undefined) scratch.put(annexHash)',
    replace: '',
  },
  {
    id: 'T09',
    bug: 'A Schnorr signature may name the default hash type.',
    source: 'BIP341',
    file: 'impl/script-engine/input-checker.ts',
    find: 'if (hashType === HASH_TYPE.DEFAULT) return ERROR.SCHNORR_SIG_HASHTYPE',
    replace: '',
  },
  {
    id: 'T10',
    bug: 'A tapscript may have at most 201 operations.',
    source: 'BIP342',
    file: 'impl/script-engine/interpreter.ts',
    find: 'if (!isTapscript && ++machine.countedOpcodes > COUNTED_OPCODES_MAX)',
    replace: 'if (++machine.countedOpcodes > COUNTED_OPCODES_MAX)',
  },
  {
    id: 'T11',
    bug: 'The parity of an output key is not looked at.',
    source: 'BIP341 §Script validation rules',
    file: 'impl/script-engine/taproot-commitment.ts',
    find: 'if (tweaked === undefined || (tweaked[0]! & 1) !== (control[0]! & 1)) return false',
    replace: 'if (tweaked === undefined) return false',
  },
]
