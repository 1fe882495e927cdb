import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tla from 'tla-checker'
import { afterAll, describe, expect, it } from 'vitest'
import { MODELS, type Module } from '../../../spec/index.ts'
import { check } from '../check.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const WASM = createRequire(import.meta.url).resolve('tla-checker/tla_checker_bg.wasm')
tla.initSync({ module: readFileSync(WASM) })

/** A model of ours, and the same in TLA+: what is assigned to its constants, and which of our invariants it has. */
interface Twin {
  readonly name: string
  readonly preset?: string
  readonly module: string
  readonly constants: Readonly<Record<string, string>>
  readonly invariants: readonly string[]
}

/** What an engine finds: how many states, or what is violated and how long the way there is. */
type Found = { readonly distinct: number } | { readonly violates: string; readonly states: number }

const LEDGER = [
  'debitsEqualCredits',
  'unspentFollowsFromJournal',
  'noCoinIsSpentTwice',
  'unspentIsWhatWasIssued',
]
const TWINS: readonly Twin[] = [
  {
    name: 'fork-choice',
    module: 'ForkChoice',
    constants: { Blocks: '3', Nodes: '{0, 1}', Work: '{1, 2}' },
    invariants: ['tipIsStored', 'tipHasMostWork'],
  },
  { name: 'ledger', module: 'Ledger', constants: { Entries: '4', Flaw: '"none"' }, invariants: LEDGER },
  ...['no-conflict-check', 'undo-forgets-inputs', 'fee-unposted'].map((flaw) => ({
    name: 'ledger',
    preset: `flaw: ${flaw}`,
    module: 'Ledger',
    constants: { Entries: '4', Flaw: `"${flaw}"` },
    invariants: LEDGER,
  })),
  {
    name: 'deployment',
    module: 'Deployment',
    constants: {
      Threshold: '3',
      Window: '4',
      StartTime: '1',
      Timeout: '4',
      MinActivation: '5',
      Periods: '8',
    },
    invariants: ['activeOnlyWhenLockedIn', 'activeOnlyFromItsHeight', 'endIsTheEnd', 'startedBeforeItEnds'],
  },
]

const source = ({ module }: Twin) => readFileSync(join(HERE, `${module}.tla`), 'utf8')
const configuration = ({ constants, invariants }: Twin) =>
  [
    'INIT Init',
    'NEXT Next',
    ...Object.entries(constants).map(([name, value]) => `CONSTANT ${name} = ${value}`),
    ...invariants.map((name) => `INVARIANT ${name}`),
  ].join('\n')

function ours({ name, preset }: Twin): Found {
  const model: Module<object> = MODELS.get(name)!
  const chosen = preset === undefined ? model : model.withPreset(preset)
  const { distinct, violation } = check({ ...chosen, properties: {} })
  return violation === undefined ? { distinct } : { violates: violation.name, states: violation.trace.length }
}

function theirs(twin: Twin, text = source(twin)): Found {
  const { success, error_message, states_explored, trace } = JSON.parse(
    tla.check_spec_with_cfg(text, configuration(twin), '{}', 1_000_000, 100, true, false),
  )
  if (success) return { distinct: states_explored }
  const number = /^Invariant (\d+) violated$/.exec(error_message)?.[1]
  if (number === undefined) throw new Error(error_message)
  return { violates: twin.invariants[Number(number)]!, states: trace.join('\n').match(/^State \d+/gm).length }
}

describe.each(TWINS)('$name $preset', (twin) => {
  it('is to tla-checker what it is to us', () => {
    expect(theirs(twin)).toEqual(ours(twin))
  }, 120_000)
})

it('a twin that differs is noticed', () => {
  const [forkChoice, ledger] = TWINS
  const follows = source(forkChoice!).replace('WorkOf(b) > WorkOf(@)', 'WorkOf(b) < WorkOf(@)')
  expect(theirs(forkChoice!, follows)).toMatchObject({ violates: 'tipHasMostWork' })
  const forgets = source(ledger!).replace('ELSE Takes(e))', 'ELSE {})')
  expect(theirs(ledger!, forgets)).toMatchObject({ violates: 'unspentFollowsFromJournal' })
}, 120_000)

const jar = process.env.TOUCHSTONE_TLC

describe.skipIf(jar === undefined)('TLC', () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-twins-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  it.each(TWINS)(
    '$name $preset is to it what it is to us',
    (twin) => {
      const file = join(folder, `${twin.module}.tla`)
      writeFileSync(file, source(twin))
      writeFileSync(join(folder, `${twin.module}.cfg`), configuration(twin))
      expect(byTlc(file)).toEqual(ours(twin))
    },
    120_000,
  )
})

function byTlc(file: string): Found {
  const argv = [
    '-cp',
    jar!,
    'tlc2.TLC',
    '-deadlock',
    '-workers',
    '1',
    '-metadir',
    join(file, '..', 'states'),
    file,
  ]
  const printed = (() => {
    try {
      return execFileSync('java', argv, { encoding: 'utf8', stdio: 'pipe' })
    } catch (error) {
      return String((error as { stdout: string }).stdout)
    }
  })()
  const violates = /Invariant (\w+) is violated/.exec(printed)?.[1]
  if (violates !== undefined) return { violates, states: printed.match(/^State \d+:/gm)!.length }
  const distinct = /(\d[\d,]*) distinct states found/.exec(printed)?.[1]
  if (distinct === undefined) throw new Error(printed)
  return { distinct: Number(distinct.replaceAll(',', '')) }
}
