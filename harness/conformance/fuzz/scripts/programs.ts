import fc from 'fast-check'
import { around } from '../../../generators/index.ts'
import {
  HASH_TYPES,
  type Item,
  KEY_FORMS,
  KEY_NAMES,
  type KeyForm,
  type KeyName,
  type Piece,
  type Wrap,
} from './script-case.ts'

/** A script, and what satisfies it when nothing else is wrong. */
export interface Program {
  readonly script: readonly Piece[]
  readonly items: readonly Item[]
  /** Where it means something. */
  readonly wrap?: Wrap
}

const op = (code: number): Piece => ({ piece: 'op', op: code })
const anyOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const bytes = (max: number) => fc.uint8Array({ maxLength: max })

const DROP = op(0x75)
const TRUE = op(0x51)
const VERIFY = op(0x69)
const CHECKSIG = op(0xac)
const CHECKSIGVERIFY = op(0xad)
const SEPARATOR = op(0xab)

const keyName = anyOf(...KEY_NAMES)
const keyForm = fc.oneof(
  { weight: 6, arbitrary: anyOf<KeyForm>('compressed', 'x-only') },
  { weight: 1, arbitrary: anyOf(...KEY_FORMS) },
)
const keyPiece = (key: KeyName, form: KeyForm): Piece => ({ piece: 'key', key, form })
const number = (value: number): Piece => ({ piece: 'number', value })
const hashType = fc.oneof(
  { weight: 4, arbitrary: anyOf(0, 1, 1) },
  { weight: 2, arbitrary: anyOf(...HASH_TYPES) },
)

function signed(key: KeyName, type: number, separators = 0): Item {
  return { item: 'signature', key, hashType: type, flaw: 'none', separators }
}

const NUMBERS = [
  -1,
  0,
  1,
  2,
  16,
  17,
  127,
  128,
  255,
  256,
  32767,
  32768,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 39 - 1,
]
const anyNumber = fc.oneof(
  anyOf(...NUMBERS),
  anyOf(...NUMBERS).map((value) => -value),
  fc.integer(),
)

const push: fc.Arbitrary<Piece> = fc.record({
  piece: anyOf('push' as const),
  bytes: fc.oneof(
    { weight: 8, arbitrary: bytes(6) },
    {
      weight: 1,
      arbitrary: anyOf(75, 76, 255, 256, 519, 520, 521).map((length) => new Uint8Array(length).fill(7)),
    },
  ),
  form: fc.oneof({ weight: 6, arbitrary: anyOf<0>(0) }, { weight: 1, arbitrary: anyOf<1 | 2 | 4>(1, 2, 4) }),
})

/** Codes that most scripts are about. */
const COMMON = [0x63, 0x64, 0x67, 0x68, 0x69, 0x76, 0x82, 0x87, 0x91, 0xab, 0xac, 0xae, 0xb1, 0xb2, 0xba]

const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: push },
  { weight: 4, arbitrary: anyNumber.map(number) },
  { weight: 9, arbitrary: fc.integer({ min: 0x4f, max: 0xb9 }).map(op) },
  { weight: 4, arbitrary: anyOf(...COMMON).map(op) },
  { weight: 1, arbitrary: fc.integer({ min: 0x4c, max: 0xff }).map(op) },
  { weight: 1, arbitrary: fc.tuple(keyName, keyForm).map(([key, form]) => keyPiece(key, form)) },
)

/** Scripts with a meaning, each with what satisfies it; each leaves true then. */
const idiom: fc.Arbitrary<Program> = fc.oneof(
  fc.tuple(keyName, keyForm, hashType).map(([key, form, type]) => ({
    script: [keyPiece(key, form), CHECKSIG],
    items: [signed(key, type)],
  })),
  fc.tuple(keyName, keyForm, hashType).map(([key, form, type]) => ({
    script: [SEPARATOR, keyPiece(key, form), CHECKSIGVERIFY, SEPARATOR, keyPiece(key, form), CHECKSIG],
    items: [signed(key, type, 2), signed(key, type, 1)],
  })),
  fc
    .tuple(fc.nat(3), fc.array(fc.tuple(keyName, keyForm), { maxLength: 3 }), hashType, anyOf(0, 0, 0, 1))
    .map(([need, keys, type, dummy]) => ({
      script: [
        number(need),
        ...keys.map(([key, form]) => keyPiece(key, form)),
        number(keys.length),
        op(0xae),
      ],
      items: [
        { item: 'bytes' as const, bytes: new Uint8Array(dummy) },
        ...keys.slice(0, need).map(([key]) => signed(key, type)),
      ],
    })),
  fc
    .tuple(fc.array(fc.tuple(keyName, keyForm), { minLength: 1, maxLength: 3 }), hashType)
    .map(([keys, type]) => ({
      script: [
        op(0x00),
        ...keys.flatMap(([key, form]) => [keyPiece(key, form), op(0xba)]),
        number(keys.length),
        op(0x9c),
      ],
      items: keys.map(([key]) => signed(key, type)).reverse(),
    })),
  fc.tuple(anyNumber, anyOf(0xb1, 0xb2)).map(([value, lock]) => ({
    script: [number(value), op(lock), DROP, TRUE],
    items: [],
  })),
  fc.tuple(bytes(4), anyOf(0xa6, 0xa7, 0xa8, 0xa9, 0xaa)).map(([preimage, code]) => ({
    script: [op(code), { piece: 'hash' as const, op: code, bytes: preimage }, op(0x87)],
    items: [{ item: 'bytes' as const, bytes: preimage }],
  })),
  fc
    .tuple(anyOf(0x63, 0x64), fc.array(piece, { maxLength: 3 }), anyOf('', '01', '02', '00', '0100'))
    .map(([code, body, truth]) => ({
      script: [op(code), TRUE, op(0x67), ...body, TRUE, op(0x68)],
      items: [{ item: 'bytes' as const, bytes: Uint8Array.from(Buffer.from(truth, 'hex')) }],
    })),
  // Checks that a tapscript's weight pays for, and no more. [BIP342]
  fc.tuple(around(11, 5), keyName, fc.nat(70)).map(([count, key, padding]) => ({
    script: [
      ...Array.from({ length: count }, () => [op(0x76), keyPiece(key, 'x-only'), CHECKSIGVERIFY]).flat(),
      { piece: 'push' as const, bytes: new Uint8Array(padding), form: 0 as const },
      DROP,
      keyPiece(key, 'x-only'),
      CHECKSIG,
    ],
    items: [signed(key, 0)],
    wrap: 'p2tr' as const,
  })),
)

const unsatisfied = (script: readonly Piece[]): Program => ({ script, items: [] })

/** Scripts of every kind, most of them with what satisfies them. */
export const program: fc.Arbitrary<Program> = fc.oneof(
  { weight: 7, arbitrary: idiom },
  {
    weight: 3,
    arbitrary: fc.tuple(idiom, idiom).map(([first, second]) => ({
      script: [...first.script, VERIFY, ...second.script],
      items: [...second.items, ...first.items],
    })),
  },
  { weight: 2, arbitrary: fc.array(piece, { maxLength: 12 }).map(unsatisfied) },
  { weight: 2, arbitrary: fc.array(piece, { maxLength: 8 }).map((body) => unsatisfied([...body, TRUE])) },
  // At the machine's limits. [Core script/script.h]
  {
    weight: 1,
    arbitrary: fc
      .tuple(around(201, 4), anyOf(0x61, 0xb0))
      .map(([count, code]) => unsatisfied([...Array<Piece>(count).fill(op(code)), TRUE])),
  },
  {
    weight: 1,
    arbitrary: around(999, 4).map((count) => unsatisfied([...Array<Piece>(count).fill(op(0x00)), TRUE])),
  },
)
