import fc from 'fast-check'
import { around } from '../../../generators/index.ts'
import { program } from './programs.ts'
import {
  HASH_TYPES,
  type Item,
  KEY_FORMS,
  KEY_NAMES,
  type ScriptCase,
  SIGNATURE_FLAWS,
  WRAPS,
} from './script-case.ts'

const anyOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const bytes = (max: number) => fc.uint8Array({ maxLength: max })
const key = anyOf(...KEY_NAMES)
const keyForm = anyOf(...KEY_FORMS)

const signature: fc.Arbitrary<Item> = fc.record({
  item: anyOf('signature' as const),
  key,
  hashType: fc.oneof(
    { weight: 4, arbitrary: anyOf(0, 1, 1) },
    { weight: 3, arbitrary: anyOf(...HASH_TYPES) },
  ),
  flaw: fc.oneof(
    { weight: 6, arbitrary: anyOf<'none'>('none') },
    { weight: 2, arbitrary: anyOf(...SIGNATURE_FLAWS) },
  ),
  separators: fc.oneof({ weight: 5, arbitrary: anyOf(0) }, { weight: 2, arbitrary: anyOf(1, 2) }),
})

const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 6, arbitrary: signature },
  { weight: 2, arbitrary: fc.record({ item: anyOf('key' as const), key, form: keyForm }) },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        bytes(4),
        anyOf(0, 1, 2, 128).map((byte) => Uint8Array.of(byte)),
        anyOf(520, 521).map((length) => new Uint8Array(length)),
      )
      .map((bytes): Item => ({ item: 'bytes', bytes })),
  },
)

const uint32 = fc.oneof(
  anyOf(0, 1, 2, 0xffff, 0x400001, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
  fc.integer({ min: 0, max: 0xffffffff }),
)

const parts = fc.record({
  wrap: anyOf(...WRAPS),
  whole: program,
  otherItems: fc.oneof(
    { weight: 9, arbitrary: anyOf(undefined) },
    { weight: 3, arbitrary: fc.array(item, { maxLength: 4 }) },
    // The extra item that OP_CHECKMULTISIG takes.
    {
      weight: 1,
      arbitrary: fc
        .array(signature, { maxLength: 3 })
        .map((items): Item[] => [{ item: 'bytes', bytes: new Uint8Array() }, ...items]),
    },
    { weight: 2, arbitrary: fc.array(signature, { maxLength: 2 }) },
  ),
  version: fc.oneof(anyOf(1, 2), uint32),
  lockTime: fc.oneof(anyOf(0, 499_999_999, 500_000_000), uint32),
  sequence: uint32,
  inputs: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: around(253, 4) },
  ),
  inputIndex: fc.nat(2),
  outputs: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: around(253, 4) },
  ),
  value: anyOf(0n, 1n, 50_0000_0000n, 21_000_000_0000_0000n, 2n ** 53n - 1n),
  annex: fc.option(bytes(300), { freq: 5, nil: undefined }),
  leafVersion: fc.oneof(
    { weight: 6, arbitrary: anyOf(0xc0) },
    { weight: 1, arbitrary: anyOf(0xc2, 0x50, 0x00, 0xfe) },
  ),
  path: fc.oneof({ weight: 8, arbitrary: anyOf(0, 0, 1, 2) }, { weight: 1, arbitrary: anyOf(127, 128, 129) }),
  program: fc.record({ version: fc.nat(17), length: anyOf(1, 2, 4, 20, 31, 32, 33, 40, 41) }),
  damage: fc.oneof(
    { weight: 5, arbitrary: anyOf([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ at: fc.nat(0xffff), bit: fc.nat(7) }), { minLength: 1, maxLength: 2 }),
    },
  ),
  extraItem: fc.integer({ min: 0, max: 14 }).map((chance) => chance === 0),
})

/** Inputs of every kind, most of them right or nearly right. */
export const scriptCase: fc.Arbitrary<ScriptCase> = parts.map(({ whole, otherItems, ...rest }) => ({
  ...rest,
  wrap: whole.wrap ?? rest.wrap,
  script: whole.script,
  items: otherItems ?? whole.items,
}))
