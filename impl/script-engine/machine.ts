import { EMPTY_BYTES } from '../wire/index.ts'
import type { InputChecker } from './input-checker.ts'
import { encodeNumber, TRUE_BYTES } from './script-number.ts'
import { ScriptWalk } from './script-walk.ts'
import type { LeafContext } from './sighash/taproot.ts'

/** By which set of rules a script runs. [Core SigVersion] */
export const SIG_VERSION = { BASE: 0, WITNESS_V0: 1, TAPSCRIPT: 2 } as const
export type SigVersion = (typeof SIG_VERSION)[keyof typeof SIG_VERSION]

/** What a tapscript carries along while it runs. [BIP342] */
export interface TapscriptState {
  readonly leaf: LeafContext
  readonly annexHash: Uint8Array | undefined
  /** Weight left for signature checks. */
  weightLeft: number
}

const NO_FALSE = -1

/**
 * The state of one running script. Elements are views of scripts and witnesses and shared constants: operations put
 * new elements in place of old ones and never write into one.
 */
export class Machine {
  readonly script: Uint8Array
  readonly stack: Uint8Array[]
  readonly altStack: Uint8Array[] = []
  readonly walk: ScriptWalk
  readonly flags: number
  readonly version: SigVersion
  readonly checker: InputChecker
  readonly tapscript: TapscriptState | undefined
  /** Where the script that signatures sign begins: behind the last executed CODESEPARATOR. */
  codeStart = 0
  /** Operations read so far, the current one not counted. */
  position = 0
  /** Operations above OP_16 and keys of multisignatures. */
  countedOpcodes = 0
  #conditionDepth = 0
  #firstFalse = NO_FALSE

  constructor(
    script: Uint8Array,
    stack: Uint8Array[],
    flags: number,
    version: SigVersion,
    checker: InputChecker,
    tapscript?: TapscriptState,
  ) {
    this.script = script
    this.stack = stack
    this.walk = new ScriptWalk(script)
    this.flags = flags
    this.version = version
    this.checker = checker
    this.tapscript = tapscript
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0
  }

  /** The element `depth` below the top; the caller has made sure that it exists. */
  peek(depth: number): Uint8Array {
    return this.stack[this.stack.length - 1 - depth]!
  }

  drop(count: number): void {
    this.stack.length -= count
  }

  push(element: Uint8Array): void {
    this.stack.push(element)
  }

  pushNumber(value: number): void {
    this.stack.push(encodeNumber(value))
  }

  pushTruth(value: boolean): void {
    this.stack.push(value ? TRUE_BYTES : EMPTY_BYTES)
  }

  /** True when every condition that encloses the current operation holds. */
  get isExecuting(): boolean {
    return this.#firstFalse === NO_FALSE
  }

  get isInCondition(): boolean {
    return this.#conditionDepth > 0
  }

  enterCondition(holds: boolean): void {
    if (!holds && this.#firstFalse === NO_FALSE) this.#firstFalse = this.#conditionDepth
    this.#conditionDepth++
  }

  invertCondition(): void {
    const top = this.#conditionDepth - 1
    if (this.#firstFalse === NO_FALSE) this.#firstFalse = top
    else if (this.#firstFalse === top) this.#firstFalse = NO_FALSE
  }

  leaveCondition(): void {
    this.#conditionDepth--
    if (this.#firstFalse === this.#conditionDepth) this.#firstFalse = NO_FALSE
  }
}

/** Carries out one operation, or says why the script fails. */
export type Operation = (machine: Machine, opcode: number) => number

/** Operations by opcode. */
export type Operations = Readonly<Record<number, Operation>>
