import type { Opening } from './pairs.ts'

/** Limits of the script machine. [Core script/script.h] */
const ITEM = 520
const SCRIPT = 10_000
const OPERATIONS = 201
const STACK = 1000
const MULTISIG_KEYS = 20

const DROP = '75'
const TRUE = '51'
const NOP = '61'

const bytes = (count: number) => '00'.repeat(count)
/** A push whose length takes two bytes, in hex. */
const push = (length: number) => {
  const low = (length & 0xff).toString(16).padStart(2, '0')
  return `4d${low}${(length >> 8).toString(16).padStart(2, '0')}${bytes(length)}`
}
const around = (limit: number) => [limit, limit + 1]

/** A script of so many bytes that pushes, drops and is true. */
function longScript(length: number): string {
  const piece = ITEM + 4
  const pieces = Math.floor((length - 300) / piece)
  const rest = length - pieces * piece - 5
  return `${`${push(ITEM)}${DROP}`.repeat(pieces)}${push(rest)}${DROP}${TRUE}`
}

/** The same in words, for a script behind a hash. */
function longWords(length: number): string {
  const piece = ITEM + 4
  const pieces = Math.floor((length - 300) / piece)
  const rest = length - pieces * piece - 5
  return `${`<0x${bytes(ITEM)}> DROP `.repeat(pieces)}<0x${bytes(rest)}> DROP 1`
}

/** So many checks of one signature: each uses up a part of what the witness's size allows. [BIP342] */
function tapscriptChecks(count: number, padding: number): Opening {
  return {
    lock: {
      script: `${'DUP <xonly:alice> CHECKSIGVERIFY '.repeat(count)}DROP <0x${bytes(padding)}> DROP 1`,
      wrap: 'p2tr',
    },
    unlock: { script: '<sig:alice>' },
  }
}

/** Locks that open at a limit of the script machine, and those one step beyond that do not; some in one soft fork's rules only. */
export const SCRIPT_EDGES: readonly Opening[] = [
  ...around(SCRIPT).map((length) => ({ lock: { raw: longScript(length) } })),
  ...around(ITEM).map((length) => ({ lock: { raw: `${push(length)}${DROP}${TRUE}` } })),
  ...around(OPERATIONS).map((count) => ({ lock: { raw: `${NOP.repeat(count)}${TRUE}` } })),
  ...around(STACK - 1).map((count) => ({ lock: { raw: `${'00'.repeat(count)}${TRUE}` } })),
  ...around(STACK - 1).map((count) => ({ lock: { raw: `${'00'.repeat(count - 1)}${'00'}6b${TRUE}` } })),
  // No key has to sign, but each counts as an operation.
  ...around(MULTISIG_KEYS).map((keys) => ({
    lock: { raw: `0000${'00'.repeat(keys)}01${keys.toString(16)}ae` },
  })),
  ...around(OPERATIONS - 1 - MULTISIG_KEYS).map((nops) => ({
    lock: { raw: `${NOP.repeat(nops)}0000${'00'.repeat(MULTISIG_KEYS)}0114ae` },
  })),
  // Numbers of four bytes may be added to, those of five may not.
  ...['04ffffff7f', '05ffffffff00', '0200800102', '0400000080'].map((number) => ({
    lock: { raw: `${number}8b${DROP}${TRUE}` },
  })),
  // What OP_CHECKLOCKTIMEVERIFY reads may have five bytes and not six.
  ...['05ffffffff00', '06ffffffff0000'].map((number) => ({
    lock: { raw: `${number}b1${DROP}${TRUE}` },
    lockTime: 7,
  })),
  ...['0105', '020500', '05ffffffff00', '0500000080ff'].map((number) => ({
    lock: { raw: `${number}b2${DROP}${TRUE}` },
    sequence: 0,
  })),
  ...around(ITEM).map((length) => ({ lock: { script: longWords(length), wrap: 'p2sh' as const } })),
  ...around(SCRIPT).map((length) => ({ lock: { script: longWords(length), wrap: 'p2wsh' as const } })),
  ...around(OPERATIONS).map((count) => ({
    lock: { script: `${'NOP '.repeat(count)}1`, wrap: 'p2wsh' as const },
  })),
  // Tapscript counts neither bytes nor operations.
  ...around(OPERATIONS).map((count) => ({
    lock: { script: `${'NOP '.repeat(count)}1`, wrap: 'p2tr' as const },
  })),
  ...around(SCRIPT).map((length) => ({ lock: { script: longWords(length), wrap: 'p2tr' as const } })),
  ...(['p2wsh', 'p2tr'] as const).flatMap((wrap) => [
    ...around(ITEM).map((length) => ({
      lock: { script: 'DROP 1', wrap },
      unlock: { script: `<0x${bytes(length)}>` },
    })),
    // What a condition takes may be any truth in version 0 and only one of two in tapscript.
    ...['1', '2', '0', '<0x00>', '<0x0100>'].map((truth) => ({
      lock: { script: 'IF 1 ELSE 1 ENDIF', wrap },
      unlock: { script: truth },
    })),
    // One item left over.
    { lock: { script: '1', wrap }, unlock: { script: '1' } },
    { lock: { script: '<0x00>', wrap } },
    { lock: { script: '<0x80>', wrap } },
  ]),
  ...around(STACK).map((count) => ({
    lock: { script: `${'2DROP '.repeat(count >> 1)}${'DROP '.repeat(count % 2)}1`, wrap: 'p2tr' as const },
    unlock: { script: '0 '.repeat(count) },
  })),
  ...[8, 9, 10, 11, 12, 13].flatMap((count) => [0, 20, 40].map((padding) => tapscriptChecks(count, padding))),
  // Programs of versions that mean nothing yet, and of one that means nothing behind a script hash.
  { lock: { script: `1 <0x${'07'.repeat(32)}>`, wrap: 'p2sh' } },
  { lock: { script: `0 <0x${'07'.repeat(32)}>`, wrap: 'p2sh' } },
  { lock: { script: `0 <0x${'07'.repeat(31)}>`, wrap: 'p2sh' } },
  ...['5220', '6020', '5121', '511f'].map((start) => ({
    lock: { raw: `${start}${'07'.repeat(Number.parseInt(start.slice(2), 16))}` },
  })),
  // An empty signature costs nothing; a key of unknown length is taken as good.
  { lock: { script: `${'0 <xonly:alice> CHECKSIG DROP '.repeat(20)}1`, wrap: 'p2tr' } },
  { lock: { script: '<0x0707> CHECKSIG', wrap: 'p2tr' }, unlock: { script: '1' } },
  { lock: { script: '0 0 <alice> 1 CHECKMULTISIG NOT', wrap: 'p2tr' } },
  ...(
    ['ALL', 'NONE', 'SINGLE', 'ALL|ANYONECANPAY', 'NONE|ANYONECANPAY', 'SINGLE|ANYONECANPAY'] as const
  ).flatMap((sighash) =>
    (['p2pkh', 'p2wpkh', 'p2tr'] as const).map((type) => ({
      lock: { key: 'alice', type },
      unlock: { sighash },
    })),
  ),
]
