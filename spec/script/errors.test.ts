import { schnorr } from '@noble/curves/secp256k1.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { assemble } from './assemble.ts'
import { SCRIPT_ERRORS } from './errors.ts'
import type { Feature } from './features.ts'
import { legacySignatureHash } from './sighash/legacy.ts'
import { taprootSignatureHash } from './sighash/taproot.ts'
import type { TestSpend } from './testing.ts'
import {
  judge,
  payToLeaf,
  payToScriptHash,
  publicKey,
  scriptOfSize,
  secretKey,
  signEcdsa,
  spendTapscript,
  spendWitnessScript,
  spentOutputOf,
  transactionOf,
  xOnlyKey,
} from './testing.ts'

const key = `<${hex(publicKey)}>`
const xKey = `<${hex(xOnlyKey)}>`
const WITNESS: readonly Feature[] = ['P2SH', 'WITNESS']
const ONE = Uint8Array.of(1)

/** A spend that fails with the error, and a neighbour that does not. */
interface BothWays {
  readonly fires: TestSpend
  readonly spares: TestSpend
}

const CASES: Record<(typeof SCRIPT_ERRORS)[number], BothWays> = {
  EVAL_FALSE: bare('0', '1'),
  OP_RETURN: bare('1 RETURN', '1 0 IF RETURN ENDIF'),
  SCRIPTNUM: bare('<0000000000> 1ADD', '<00000000> 1ADD'),
  SCRIPT_SIZE: bare(scriptOfSize(10_001), scriptOfSize(10_000)),
  PUSH_SIZE: bare(`<${'00'.repeat(521)}> DROP 1`, `<${'00'.repeat(520)}> DROP 1`),
  OP_COUNT: bare(`1${' NOP'.repeat(202)}`, `1${' NOP'.repeat(201)}`),
  STACK_SIZE: bare(' 1'.repeat(1001), ' 1'.repeat(1000)),
  SIG_COUNT: bare('0 0 1 0 CHECKMULTISIG', '0 0 0 CHECKMULTISIG'),
  PUBKEY_COUNT: bare(`0 0${' 0'.repeat(21)} 21 CHECKMULTISIG`, `0 0${' 0'.repeat(20)} 20 CHECKMULTISIG`),
  VERIFY: bare('1 0 VERIFY', '1 1 VERIFY'),
  EQUALVERIFY: bare('1 2 3 EQUALVERIFY', '1 2 2 EQUALVERIFY'),
  CHECKMULTISIGVERIFY: bare(`1 0 0 1 ${key} 1 CHECKMULTISIGVERIFY`, '1 0 0 0 CHECKMULTISIGVERIFY'),
  CHECKSIGVERIFY: {
    fires: { output: assemble(`1 0 ${key} CHECKSIGVERIFY`) },
    spares: signed('CHECKSIGVERIFY 1'),
  },
  NUMEQUALVERIFY: bare('1 2 3 NUMEQUALVERIFY', '1 2 <0200> NUMEQUALVERIFY'),
  BAD_OPCODE: bare('1 RESERVED', '1 0 IF RESERVED ENDIF'),
  DISABLED_OPCODE: { fires: { output: assemble('1 0 IF CAT ENDIF') }, spares: spendTapscript('CAT') },
  INVALID_STACK_OPERATION: bare('1 DUP 2DROP DROP', '1 DUP DUP 2DROP'),
  INVALID_ALTSTACK_OPERATION: bare('1 FROMALTSTACK', '1 TOALTSTACK FROMALTSTACK'),
  UNBALANCED_CONDITIONAL: bare('1 1 IF', '1 1 IF ENDIF'),
  NEGATIVE_LOCKTIME: {
    fires: { output: assemble('-1 CHECKLOCKTIMEVERIFY'), sequence: 0, features: ['CHECKLOCKTIMEVERIFY'] },
    spares: { output: assemble('0 CHECKLOCKTIMEVERIFY 1'), sequence: 0, features: ['CHECKLOCKTIMEVERIFY'] },
  },
  UNSATISFIED_LOCKTIME: {
    fires: {
      output: assemble('2 CHECKLOCKTIMEVERIFY'),
      sequence: 0,
      lockTime: 1,
      features: ['CHECKLOCKTIMEVERIFY'],
    },
    spares: {
      output: assemble('2 CHECKLOCKTIMEVERIFY'),
      sequence: 0,
      lockTime: 2,
      features: ['CHECKLOCKTIMEVERIFY'],
    },
  },
  SIG_HASHTYPE: { fires: signed('CHECKSIG', 4, ['STRICTENC']), spares: signed('CHECKSIG', 3, ['STRICTENC']) },
  SIG_DER: flagged(`<300000> ${key} CHECKSIG NOT`, 'DERSIG'),
  MINIMALDATA: flagged('0x0101', 'MINIMALDATA'),
  SIG_PUSHONLY: {
    fires: { scriptSig: assemble('1 NOP'), features: ['SIGPUSHONLY'] },
    spares: { scriptSig: assemble('1'), features: ['SIGPUSHONLY'] },
  },
  SIG_HIGH_S: {
    fires: signed('CHECKSIG', 1, ['LOW_S'], { highS: true }),
    spares: signed('CHECKSIG', 1, ['DERSIG'], { highS: true }),
  },
  SIG_NULLDUMMY: flagged('1 0 0 CHECKMULTISIG', 'NULLDUMMY'),
  PUBKEYTYPE: flagged('0 <05> CHECKSIG NOT', 'STRICTENC'),
  CLEANSTACK: flagged('1 1', 'CLEANSTACK'),
  MINIMALIF: {
    fires: spendWitnessScript('IF 1 ENDIF', [Uint8Array.of(2)], { features: [...WITNESS, 'MINIMALIF'] }),
    spares: spendWitnessScript('IF 1 ENDIF', [ONE], { features: [...WITNESS, 'MINIMALIF'] }),
  },
  NULLFAIL: flagged(`<3006020101020101> ${key} CHECKSIG NOT`, 'NULLFAIL'),
  DISCOURAGE_UPGRADABLE_NOPS: flagged('1 NOP10', 'DISCOURAGE_UPGRADABLE_NOPS'),
  DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM: flagged(
    '2 <0101>',
    'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
    WITNESS,
  ),
  DISCOURAGE_UPGRADABLE_TAPROOT_VERSION: {
    fires: spendLeaf(0xc2, ['DISCOURAGE_UPGRADABLE_TAPROOT_VERSION']),
    spares: spendLeaf(0xc2, []),
  },
  DISCOURAGE_OP_SUCCESS: {
    fires: spendTapscript('RESERVED', [], { features: [...WITNESS, 'TAPROOT', 'DISCOURAGE_OP_SUCCESS'] }),
    spares: spendTapscript('RESERVED'),
  },
  DISCOURAGE_UPGRADABLE_PUBKEYTYPE: {
    fires: spendTapscript(`1 ${key} CHECKSIG`, [], {
      features: [...WITNESS, 'TAPROOT', 'DISCOURAGE_UPGRADABLE_PUBKEYTYPE'],
    }),
    spares: spendTapscript(`1 ${key} CHECKSIG`),
  },
  WITNESS_PROGRAM_WRONG_LENGTH: {
    fires: { output: assemble('0 <010203>'), features: WITNESS },
    spares: { output: assemble('1 <010203>'), features: WITNESS },
  },
  WITNESS_PROGRAM_WITNESS_EMPTY: {
    fires: { ...spendWitnessScript('1'), witness: [] },
    spares: spendWitnessScript('1'),
  },
  WITNESS_PROGRAM_MISMATCH: {
    fires: { ...spendWitnessScript('1'), witness: [assemble('2')] },
    spares: spendWitnessScript('1'),
  },
  WITNESS_MALLEATED: {
    fires: { ...spendWitnessScript('1'), scriptSig: assemble('1') },
    spares: spendWitnessScript('1'),
  },
  WITNESS_MALLEATED_P2SH: { fires: wrapped('0 '), spares: wrapped('') },
  WITNESS_UNEXPECTED: {
    fires: { output: assemble('1'), witness: [ONE], features: WITNESS },
    spares: { output: assemble('1'), witness: [], features: WITNESS },
  },
  WITNESS_PUBKEYTYPE: {
    fires: spendWitnessScript(`0 <04${'00'.repeat(64)}> CHECKSIG NOT`, [], {
      features: [...WITNESS, 'WITNESS_PUBKEYTYPE'],
    }),
    spares: spendWitnessScript(`0 ${key} CHECKSIG NOT`, [], { features: [...WITNESS, 'WITNESS_PUBKEYTYPE'] }),
  },
  SCHNORR_SIG_SIZE: {
    fires: keyPath((signature) => signature.slice(1)),
    spares: keyPath((signature) => signature),
  },
  SCHNORR_SIG_HASHTYPE: {
    fires: keyPath((signature) => concatBytes(signature, Uint8Array.of(0))),
    spares: keyPath((signature) => concatBytes(signature, Uint8Array.of(0x81)), 0x81),
  },
  SCHNORR_SIG: {
    fires: keyPath((signature) => concatBytes(signature, Uint8Array.of(0x81))),
    spares: keyPath((signature) => signature),
  },
  TAPROOT_WRONG_CONTROL_SIZE: {
    fires: { ...spendTapscript('1'), witness: [assemble('1'), new Uint8Array(34)] },
    spares: spendTapscript('1'),
  },
  TAPSCRIPT_VALIDATION_WEIGHT: { fires: manyChecks(0), spares: manyChecks(60) },
  TAPSCRIPT_CHECKMULTISIG: {
    fires: spendTapscript('0 0 0 CHECKMULTISIG'),
    spares: spendWitnessScript('0 0 0 CHECKMULTISIG'),
  },
  TAPSCRIPT_MINIMALIF: {
    fires: spendTapscript('IF 1 ENDIF', [Uint8Array.of(2)]),
    spares: spendTapscript('IF 1 ENDIF', [ONE]),
  },
  TAPSCRIPT_EMPTY_PUBKEY: {
    fires: spendTapscript('0 0 CHECKSIG NOT'),
    spares: spendTapscript(`0 ${xKey} CHECKSIG NOT`),
  },
  OP_CODESEPARATOR: flagged('1 0 IF CODESEPARATOR ENDIF', 'CONST_SCRIPTCODE'),
  SIG_FINDANDDELETE: flagged(`0 ${key} CHECKSIG NOT`, 'CONST_SCRIPTCODE'),
}

describe('every script error', () => {
  it.each(SCRIPT_ERRORS)('%s fires', (error) => {
    expect(judge(CASES[error].fires)).toBe(error)
  })
  it.each(SCRIPT_ERRORS)('%s spares its neighbour', (error) => {
    expect(judge(CASES[error].spares)).toBe('OK')
  })
})

/** Two output scripts, spent by nothing. */
function bare(fires: string, spares: string): BothWays {
  return { fires: { output: assemble(fires) }, spares: { output: assemble(spares) } }
}

/** One output script, with and without a feature. */
function flagged(script: string, feature: Feature, others: readonly Feature[] = []): BothWays {
  const output = assemble(script)
  return { fires: { output, features: [...others, feature] }, spares: { output, features: others } }
}

/** A key's own script, spent by its signature. */
function signed(script: string, hashType = 1, features: readonly Feature[] = [], options = {}): TestSpend {
  const output = assemble(`${key} ${script}`)
  const hash = legacySignatureHash(transactionOf({}), 0, output, hashType)
  return { output, scriptSig: assemble(`<${hex(signEcdsa(hash, hashType, options))}>`), features }
}

function wrapped(prefix: string): TestSpend {
  const { output, witness } = spendWitnessScript('1')
  return {
    output: payToScriptHash(output!),
    scriptSig: assemble(`${prefix}<${hex(output!)}>`),
    witness: witness!,
    features: WITNESS,
  }
}

function spendLeaf(version: number, features: readonly Feature[]): TestSpend {
  const script = assemble('0')
  const { output, control } = payToLeaf(script, version)
  return { output, witness: [script, control], features: [...WITNESS, 'TAPROOT', ...features] }
}

/** The output key signs with the hash type; `change` spoils the signature or completes it. */
function keyPath(change: (signature: Uint8Array) => Uint8Array, hashType = 0): TestSpend {
  const spend: TestSpend = {
    output: concatBytes(Uint8Array.of(0x51, 32), xOnlyKey),
    features: [...WITNESS, 'TAPROOT'],
  }
  const hash = taprootSignatureHash({
    transaction: transactionOf(spend),
    inputIndex: 0,
    spentOutputs: [spentOutputOf(spend)],
    hashType,
  })
  return { ...spend, witness: [change(schnorr.sign(hash!, secretKey))] }
}

/** Four checks that any key of unknown type satisfies; an item that is dropped pays for them. */
function manyChecks(paymentBytes: number): TestSpend {
  return spendTapscript('DROP <02> DUP 2DUP 2DUP CHECKSIGVERIFY CHECKSIGVERIFY CHECKSIGVERIFY 1', [
    new Uint8Array(paymentBytes),
  ])
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
