import { createHash } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import {
  composeExtensions,
  type Machine,
  type Output,
  type ScriptExtension,
  spenderOf,
  type Transaction,
  type Upgrade,
  verifyInput,
} from '../../../spec/index.ts'
import { NO_WORK, type Work } from './work.ts'

/** What a transaction's scripts said, and the work it took. */
export interface Metered {
  /** `OK`, or the first script error. */
  readonly error: string
  readonly work: Work
}

/** The class that all hash functions of the library share. */
interface Hasher {
  update(data: Uint8Array): unknown
}
interface StackLike {
  push(...items: readonly Uint8Array[]): void
}

const HASHER = ancestorWith(Object.getPrototypeOf(sha256.create()) as object, 'update') as Hasher
const STACK = stackPrototype()
const METER = 'METER'
const [FIRST_HASH_OPCODE, LAST_HASH_OPCODE] = [0xa6, 0xaa]
/** Each of these counts when it runs: the specification remembers what it has verified, and a block asks it only once. */
const TAPSCRIPT_CHECKS: readonly number[] = [0xac, 0xad, 0xba]
/** What a signature check pays, and a draft's too. [BIP342 §Resource limits] */
const CHECK_UNITS = 50
/** Two copies of the hash of this name come before what a Schnorr signature's challenge hashes. [BIP340 §Tagged hashes] */
const CHALLENGE = createHash('sha256').update('BIP0340/challenge').digest()

/**
 * Judges all inputs while a meter runs. What is hashed twice with the same bytes counts once, as a node remembers the
 * digests of a transaction; but each hash opcode and each signature counts.
 */
export function meterTransaction(
  transaction: Transaction,
  spentOutputs: readonly Output[],
  upgrades: readonly Upgrade[],
): Metered {
  const work = { ...NO_WORK } as { -readonly [Kind in keyof Work]: Work[Kind] }
  const seen = new Set<string>()
  let isItem = false
  let isOwnCheck = false
  const features = new Set([METER, ...upgrades.flatMap((upgrade) => upgrade.features ?? [])])
  const metering: ScriptExtension = {
    constraints: {
      instruction: [
        {
          features: [METER],
          check: ({ code, isExecuted, data }, { sigVersion }) => {
            isOwnCheck = TAPSCRIPT_CHECKS.includes(code)
            if (isOwnCheck && isExecuted && sigVersion === 'tapscript') work.signatures += 1
            isItem = code >= FIRST_HASH_OPCODE && code <= LAST_HASH_OPCODE
            work.instructions += 1
            if (isExecuted) work.stackBytes += data.length
            return 'OK'
          },
        },
      ],
      signatureEncoding: [
        {
          features: [METER],
          check: () => {
            work.signatures += 1
            return 'OK'
          },
        },
      ],
    },
  }
  const extension = composeExtensions([...upgrades.map(paying), { extension: metering } as Upgrade])
  function paying(upgrade: Upgrade): Upgrade {
    const opcodes = upgrade.extension?.opcodes?.map((opcode) => ({
      ...opcode,
      execute: (machine: Machine) => {
        const [budget, counted] = [machine.sigopBudget, work.signatures]
        opcode.execute(machine)
        const paid = (budget - machine.sigopBudget) / CHECK_UNITS
        work.signatures = Math.max(work.signatures, counted + paid)
      },
    }))
    return opcodes === undefined ? upgrade : { ...upgrade, extension: { ...upgrade.extension, opcodes } }
  }
  const { update } = HASHER
  const { push } = STACK
  HASHER.update = function (this: Hasher, data: Uint8Array) {
    const name = isItem ? undefined : createHash('sha256').update(data).digest('base64')
    if (CHALLENGE.equals(data.subarray(0, CHALLENGE.length))) work.signatures += isOwnCheck ? 0 : 1
    else if (name === undefined || !seen.has(name)) work.hashedBytes += data.length
    if (name !== undefined) seen.add(name)
    return update.call(this, data)
  }
  STACK.push = function (this: StackLike, ...items) {
    for (const item of items) work.stackBytes += item.length
    return push.call(this, ...items)
  }
  try {
    for (const inputIndex of transaction.inputs.keys()) {
      isItem = false
      const error = verifyInput({ transaction, inputIndex, spentOutputs, features, extension })
      if (error !== 'OK') return { error, work }
    }
    return { error: 'OK', work }
  } finally {
    HASHER.update = update
    STACK.push = push
  }
}

function ancestorWith(prototype: object, method: string): object {
  return Object.hasOwn(prototype, method)
    ? prototype
    : ancestorWith(Object.getPrototypeOf(prototype) as object, method)
}

/** The class of stacks, as an opcode sees it. */
function stackPrototype(): StackLike {
  let found: StackLike | undefined
  verifyInput({
    transaction: spenderOf({}),
    inputIndex: 0,
    spentOutputs: [{ value: 0n as Output['value'], script: Uint8Array.of(0x51, 0xb9) }],
    features: new Set(['PROBE']),
    extension: {
      opcodes: [
        {
          slot: 'NOP10',
          name: 'OP_PROBE',
          feature: 'PROBE',
          execute: ({ stack }) => {
            found = Object.getPrototypeOf(stack) as StackLike
          },
        },
      ],
    },
  })
  return found!
}
