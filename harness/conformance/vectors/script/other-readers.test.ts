import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Abstention, createEngine, createSpecEngine } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { bytesToHex } from '../../../wire/index.ts'
import { runSlice, WHOLE } from '../run.ts'
import { collectSets } from '../sets.ts'
import { assemble } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-readers-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(name: string, content: unknown, engine: Engine = createSpecEngine()) {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const sets = collectSets([path])
  expect(sets).toHaveLength(1)
  const { format, passed, failures, skips, notes } = runSlice(sets[0]!, engine, WHOLE, () => 0)
  return { format, passed, failures: failures.map(({ id, message }) => `${id}: ${message}`), skips, notes }
}

describe('former script tests', () => {
  const rows = [['a comment'], ['1', '1 EQUAL', 'P2SH', 'both are one'], ['0', 'NOT', '']]

  it.each(['spec', 'node'] as const)('%s judges them by the name of their file', (name) => {
    const engine = createEngine(name)
    expect(run('script_valid.json', rows, engine)).toMatchObject({
      format: 'former script tests',
      passed: 2,
      failures: [],
    })
    expect(run('script_invalid.json', rows, engine)).toMatchObject({
      passed: 0,
      failures: [
        'row 1: both are one: expected a failure, got OK under P2SH',
        'row 2: expected a failure, got OK under no flags',
      ],
    })
    expect(run('script_invalid.json', [['0', '1 EQUAL', 'P2SH']], engine)).toMatchObject({ passed: 1 })
  })

  it('the oldest have comments where others have flags', () => {
    const strict = ['0 0x01 0x00', `0x21 0x02${'11'.repeat(32)} CHECKSIG NOT`, 'no signature at all']
    expect(
      run('script_valid.json', [
        ['1', '', 'one'],
        ['1', 'NOP'],
      ]),
    ).toMatchObject({ passed: 2, failures: [] })
    expect(run('script_valid.json', [['1', '', 'one'], strict]).failures).toHaveLength(1)
  })

  it('locks that Core discouraged once are skipped', () => {
    const row = ['1', 'CHECKLOCKTIMEVERIFY', 'P2SH,DISCOURAGE_UPGRADABLE_NOPS']
    expect(run('script_invalid.json', [row, ['1', 'NOP4', row[2]]])).toMatchObject({
      passed: 1,
      failures: [],
      skips: { 'no version of Core does any more what it asks for': 1 },
    })
  })

  it.each([
    ['scripts.json', rows, 'its rows do not say whether they are valid'],
    ['script_valid.json', [...rows, ['1', 'NOTHING', '']], 'row 3: no word of a script: NOTHING'],
    [
      'script_valid.json',
      [...rows, ['1', '1', 'P2SX']],
      'row 3: unknown script flag P2SX; did you mean P2SH?',
    ],
    ['script_valid.json', [...rows, ['1', 5, '']], 'row 3: expected [scriptSig, scriptPubKey, flags'],
  ])('%s with %j is an error', (name, content, message) => {
    expect(() => run(name, content)).toThrow(message)
  })
})

describe('BIP446 spends', () => {
  const spend = (script: string, valid: boolean) => {
    const { transaction } = creditAndSpend(assemble('1'), assemble(script))
    const bytes = assemble(script)
    return {
      spent_outputs: [`${'00'.repeat(8)}${bytes.length.toString(16).padStart(2, '0')}${bytesToHex(bytes)}`],
      spending_tx: bytesToHex(transaction),
      input_index: 0,
      valid,
      comment: script,
    }
  }
  /** An engine that knows every flag. */
  const { scripts, ...others } = createSpecEngine()
  const engine: Engine = {
    ...others,
    scripts: {
      ...scripts,
      verifyScript: (request) =>
        scripts.verifyScript({
          ...request,
          flags: request.flags.filter((flag) => flag !== 'TEMPLATEHASH'),
        }),
    },
  }

  it('are valid or not', () => {
    const content = [spend('1 EQUAL', true), spend('2 EQUAL', false), spend('1 EQUAL', false)]
    expect(run('basics.json', content, engine)).toMatchObject({
      format: 'BIP446 spends',
      passed: 2,
      failures: ['spend 2: 1 EQUAL: expected a failure, got OK'],
    })
  })

  it('an engine without the draft skips them', () => {
    const without: Engine = {
      ...engine,
      scripts: {
        ...scripts,
        verifyScript: () => {
          throw new Abstention('unknown')
        },
      },
    }
    expect(run('basics.json', [spend('1', true)], without)).toMatchObject({
      passed: 0,
      skips: { unknown: 1 },
    })
  })

  it('each row has all fields and no other', () => {
    const { valid: _, ...without } = spend('1', true)
    expect(() => run('basics.json', [spend('1', true), without])).toThrow('row 1: valid: ')
    expect(() => run('basics.json', [{ ...spend('1', true), input_index: 1 }])).toThrow(
      'row 0: input_index: there is no input 1',
    )
  })
})

it('a comma behind the last entry is passed over and reported', () => {
  expect(run('script_valid.json', '[["1", "NOP", ""],\n]\n')).toMatchObject({
    passed: 1,
    notes: ['a comma behind the last entry is passed over'],
  })
  expect(() => run('script_valid.json', '[["1", "NOP", "",]]')).toThrow('no known format')
})

it('rows of 2012 say whether P2SH is enforced', () => {
  const { transaction } = creditAndSpend(assemble('0x01 0x00'), assemble('1 EQUAL'))
  const head = [['The following are deserialized transactions which are valid.']]
  const outpoint = bytesToHex(transaction.slice(5, 37).reverse())
  const scriptHash = 'HASH160 0x14 0x9f7fd096d37ed2c0e3f7f0cfc924beef4ffceb68 EQUAL'
  const row = (enforced: boolean) => [[[outpoint, 0, scriptHash]], bytesToHex(transaction), enforced]
  expect(run('tx_valid.json', [...head, row(false)])).toMatchObject({ passed: 1, failures: [] })
  expect(run('tx_valid.json', [...head, row(true)]).failures).toHaveLength(1)
})
