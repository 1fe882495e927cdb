import type { Output, Transaction } from '../vocabulary/index.ts'
import type { Conditions } from './conditions.ts'
import type { ScriptErrorName } from './errors.ts'
import type { Feature } from './features.ts'
import type { Instruction } from './instruction.ts'
import type { Stack } from './stack.ts'
import type { WitnessProgram } from './templates.ts'

/** Which rules a script runs under: before SegWit or in P2SH; BIP143; BIP342. [Core SigVersion] */
export type SigVersion = 'legacy' | 'witness-v0' | 'tapscript'

/** What a script is evaluated in: it never sees a height or a time, only features. */
export interface ScriptContext {
  readonly sigVersion: SigVersion
  readonly features: ReadonlySet<Feature>
  readonly transaction: Transaction
  readonly inputIndex: number
  /** One per input of the transaction, in order. */
  readonly spentOutputs: readonly Output[]
  readonly extension: ScriptExtension
  /** Present when a taproot output is spent. */
  readonly taproot?: TaprootSpend
}

/** What a taproot signature commits to besides the transaction. [BIP341, BIP342] */
export interface TaprootSpend {
  /** SHA-256 of the annex behind its length; absent without annex. */
  readonly annexHash: Uint8Array | undefined
  /** Absent when the output's key signs by itself. */
  readonly leaf?: TaprootLeaf
}

/** The script that was revealed from a taproot output's tree. */
export interface TaprootLeaf {
  readonly version: number
  readonly script: Uint8Array
  /** TapLeaf hash of version and script. */
  readonly hash: Uint8Array
  /** The key that was tweaked, 32 bytes; absent where an output commits to a tree alone. */
  readonly internalKey?: Uint8Array
  /** Serialized size in bytes of the input's whole witness: it pays for signature checks. */
  readonly witnessSize: number
}

/** One evaluation in progress: opcodes change it. */
export interface Machine {
  readonly context: ScriptContext
  readonly script: Uint8Array
  readonly stack: Stack
  readonly altStack: Stack
  /** The open branches, one for each IF without its ENDIF. */
  readonly conditions: Conditions
  /** Offset of the byte after the instruction being executed. */
  nextOffset: number
  /** Which instruction of the script is being executed, from 0 on. */
  position: number
  /** Operations counted towards the limit; only before tapscript. */
  opCount: number
  /** Offset from which signatures commit to the script: after the last OP_CODESEPARATOR executed. */
  scriptCodeOffset: number
  /** Position of the last OP_CODESEPARATOR executed, ffffffff before any. [BIP342] */
  codeSeparatorPosition: number
  /** Weight units left for signature checks; only in tapscript. [BIP342 §Resource limits] */
  sigopBudget: number
}

/** One instruction of the language. */
export interface Opcode {
  readonly code: number
  /** Core's name: `OP_DUP`. */
  readonly name: string
  /** Runs in branches that are not taken, too. */
  readonly isUnconditional?: boolean
  execute(machine: Machine): void
}

/** Points at which upgrades may ask for more; each names what a constraint there is given. */
export interface ConstraintSubjects {
  /** The input script of the spend, before anything runs. */
  readonly scriptSig: Uint8Array
  /** Each instruction of a script as it is read, executed or not; `data` is empty when nothing is pushed. */
  readonly instruction: Instruction & { readonly script: Uint8Array; readonly isExecuted: boolean }
  /** The item that OP_IF or OP_NOTIF consumes. */
  readonly condition: Uint8Array
  /** An item read as a number. */
  readonly number: Uint8Array
  /** An ECDSA signature with its hash type byte, never empty. */
  readonly signatureEncoding: Uint8Array
  /** The public key of an ECDSA check. */
  readonly publicKeyEncoding: Uint8Array
  /** A signature that failed its ECDSA check, never empty. */
  readonly failedSignature: Uint8Array
  /** The item that OP_CHECKMULTISIG consumes in excess. */
  readonly multisigDummy: Uint8Array
  /** A signature that was found in the script it signs. */
  readonly signatureInScript: Uint8Array
  /** The witness of an input that satisfies a program, bare or wrapped in a script hash, before any of it is looked at. */
  readonly witness: {
    readonly program: WitnessProgram
    readonly isWrapped: boolean
    readonly witness: readonly Uint8Array[]
  }
  /** What the witness offers to a witness script, script and control block taken off. */
  readonly witnessStack: readonly Uint8Array[]
  /** The control block of a taproot script path. */
  readonly controlBlock: Uint8Array
  /** The stack after the last script ran; not asked of witness programs, whose stack MUST be clean anyway. */
  readonly finalStack: readonly Uint8Array[]
}

/** A tighter predicate at a shared point. All that are switched on are asked in order; the first error counts. */
export interface Constraint<Subject> {
  readonly features: readonly Feature[]
  check(subject: Subject, context: ScriptContext): ScriptErrorName
}

/** Constraints by point. */
export type Constraints = {
  readonly [Point in keyof ConstraintSubjects]?: readonly Constraint<ConstraintSubjects[Point]>[]
}

/** A place kept for upgrades; two extensions MUST NOT claim the same. */
export type OpcodeSlot = `NOP${number}` | `OP_SUCCESS${number}`

/** What an upgrade may add to the machine without touching it. Nothing here counts before its feature is switched on. */
export interface ScriptExtension {
  /** A NOP keeps its stack; an OP_SUCCESS becomes an opcode of tapscript alone. */
  readonly opcodes?: readonly {
    readonly slot: OpcodeSlot
    readonly name: string
    readonly feature: Feature
    execute(machine: Machine): void
  }[]
  readonly constraints?: Constraints
  /** Leaf versions other than c0: how such a leaf is judged, given the witness items before it. */
  readonly leafVersions?: readonly {
    readonly version: number
    readonly feature: Feature
    verify(stack: readonly Uint8Array[], context: ScriptContext): ScriptErrorName
  }[]
  /** Witness programs of versions that have no meaning yet. */
  readonly witnessPrograms?: readonly {
    readonly version: number
    readonly programBytes: number
    readonly feature: Feature
    verify(program: Uint8Array, context: ScriptContext): ScriptErrorName
  }[]
  /** Public keys of other lengths than 32 bytes in tapscript: a key type brings its own signature hash. */
  readonly publicKeyTypes?: readonly {
    readonly feature: Feature
    isOfType(publicKey: Uint8Array): boolean
    verify(machine: Machine, publicKey: Uint8Array, signature: Uint8Array): ScriptErrorName
  }[]
}
