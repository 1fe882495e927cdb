import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { SCENARIOS_FOLDER } from './folders.ts'
import { runProgram } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

async function touchstone(...argv: string[]) {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const exitCode = await runProgram(argv, { stdout, stderr })
  return { exitCode, stdout: stdout.text, stderr: stderr.text }
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const FINNEY = join(SCENARIOS_FOLDER, 'double-spend/finney-attack.json')
const PAPER = join(SCENARIOS_FOLDER, 'double-spend/paper-example-quanta.json')

describe('a file that cannot be written', () => {
  const FAILING = () => {
    const story = JSON.parse(readFileSync(PAPER, 'utf8'))
    story.steps = story.steps.map((step: { do: string }) =>
      step.do === 'expect' ? { ...step, tip: 'genesis', balances: undefined, coins: undefined } : step,
    )
    return file('failing.json', JSON.stringify(story))
  }

  it('spoils a pass: one line, exit code 2', async () => {
    const junit = join(file('no-folder', ''), 'junit.xml')
    const { exitCode, stdout, stderr } = await touchstone('replay', PAPER, '--junit', junit)
    expect(exitCode).toBe(2)
    expect(stdout).toContain('1 passed')
    expect(stderr).toBe(`touchstone: ${junit}: part of the path is not a folder\n`)
  })

  it('never replaces a verdict', async () => {
    const junit = join(file('no-folder', ''), 'junit.xml')
    const { exitCode, stderr } = await touchstone('replay', FAILING(), '--node', 'spec', '--junit', junit)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`touchstone: ${junit}: part of the path is not a folder`)
  })
})

it('prints its version and the help of a verb', async () => {
  expect((await touchstone('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect((await touchstone('help', 'replay')).stdout).toContain('Usage: touchstone replay')
  expect(await touchstone('help', 'chain')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Usage: touchstone chain'),
  })
  expect(await touchstone('chain')).toMatchObject({
    exitCode: 2,
    stderr: 'touchstone: chain: expected new or branch\n',
  })
})

describe('bad input gets one line and exit code 2', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['reply'], "unknown command 'reply'; did you mean 'replay'?"],
    [['vectors'], "missing required argument 'path'"],
    [['vectors', 'nowhere.dat'], 'nowhere.dat: no such file or folder'],
    [['vectors', FINNEY], 'no known format of test vectors'],
    [['vectors', FINNEY, '--engine', 'btcd'], 'Allowed choices are spec, node'],
    [['vectors', FINNEY, '--jobs', 'many'], 'Expected a whole number from 1 to 64'],
    [['vectors', 'fetch'], "required option '--out <folder>' not specified"],
    [['vectors', 'fetch', '--out', 'x', '--manifest', 'nowhere'], 'nowhere: no such file or folder'],
    [['simulate', '--seeds', '0'], 'Expected a whole number of at least 1'],
    [['simulate', '--budget', 'long'], 'Expected a time such as 60s'],
    [['simulate', '--without', 'crash,nothing'], 'Expected disturbances and attacks; "nothing" is neither.'],
    [['replay', 'nowhere'], 'nowhere: no such file or folder'],
    [['replay', FINNEY, '--node', 'btcd'], '--node btcd: expected builtin, spec, stdio:COMMAND'],
    [['replay', FINNEY, '--frob'], "unknown option '--frob'"],
    [['conform', FINNEY], "required option '--node <target>' not specified"],
    [['conform', FINNEY, '--node', 'stdio:exit 4'], 'exit 4: it ended with exit code 4'],
    [['bench', '--peer', 'btcd'], '--peer btcd: expected builtin, spec, stdio:COMMAND'],
    [['bench', '--peer', 'bcoin:nowhere'], 'nowhere: no such file or folder'],
    [['bench', '--chain', 'headers', '--peer', 'bcoin:.'], 'peers connect blocks, not headers'],
    [['rules', '--chain', 'nowhere'], '--chain nowhere: expected one of bitcoin'],
    [['rules', '--at', 'yesterday'], '--at yesterday: expected a height'],
    [['rules', 'where'], 'expected a word'],
    [['report', 'nowhere.ndjson'], 'nowhere.ndjson: no such file'],
    [
      ['ledger', '--chain-data', PAPER, '--balance', 'nobody'],
      'nobody: expected a script in hex, an address',
    ],
    [['ledger', '--chain-data', PAPER, '--trace', 'nothing:0'], 'nothing:0: expected TXID:INDEX'],
    [['node'], 'node: expected --stdio'],
  ])('%j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await touchstone(...argv)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/^touchstone: /)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  })

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['another format', '{"format":"x"}', 'format:'],
    [
      'an unknown name',
      '{"format":"touchstone-scenario/1","title":"t","story":"s","sources":["x"],"steps":[{"do":"send","items":["b1"]}]}',
      'steps.0.items.0',
    ],
  ])('a scenario that is %s names file and place', async (_, content, place) => {
    const path = file('bad.json', content)
    const { exitCode, stderr } = await touchstone('replay', path)
    expect(stderr).toContain(`touchstone: ${path}: `)
    expect(stderr).toContain(place)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(exitCode).toBe(2)
  })

  it('a malformed run file and a malformed baseline name the place', async () => {
    const run = await touchstone('report', file('bad.ndjson', '{"type":"tip"}\n'))
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('bad.ndjson: line 1: expected'),
    })
    const baseline = file(
      'baseline.json',
      '{"format":"touchstone-baseline/1","failures":[{"id":"x","why":"y","until":"soon"}]}',
    )
    const conform = await touchstone('conform', FINNEY, '--node', 'builtin', '--baseline', baseline)
    expect(conform).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('failures.0.until: expected YYYY-MM-DD'),
    })
  })
})

describe('verbs', () => {
  it('each have help', async () => {
    const { exitCode, stdout } = await touchstone('--help')
    expect(exitCode).toBe(0)
    for (const name of [
      'run',
      'simulate',
      'replay',
      'shrink',
      'promote',
      'conform',
      'vectors',
      'rules',
      'ledger',
      'report',
      'node',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
      expect(await touchstone(name, '--help')).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`touchstone ${name}`),
      })
    }
  })

  it('print one object on stdout with --json', async () => {
    const { exitCode, stdout } = await touchstone('replay', FINNEY, '--json')
    expect(exitCode).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({
      node: 'builtin',
      passed: 1,
      failed: 0,
      cases: [
        {
          id: 'double-spend/finney-attack',
          status: 'pass',
          eventHash: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
    })
  })

  it('print what each seed of a campaign has drawn', async () => {
    const campaign = (...more: string[]) =>
      touchstone('simulate', '--seeds', '2', '--seed', '40000', '--nodes', '2', '--jobs', '0', ...more)
    const { draws } = JSON.parse((await campaign('--json')).stdout)
    expect(draws).toMatchObject([
      { seed: 40000, outcome: 'pass', faults: expect.any(Array) },
      { seed: 40001, outcome: 'pass', faults: expect.any(Array) },
    ])
    expect(draws[0].faults).not.toEqual(draws[1].faults)
    const { stdout } = await campaign('--verbose')
    for (const { seed, eventHash, faults } of draws)
      expect(stdout).toMatch(
        new RegExp(`^seed ${seed} pass .* ${eventHash} faults ${faults.join(', ')}$`, 'm'),
      )
  })

  it('print the rules of a place', async () => {
    const at = async (place: string) =>
      JSON.parse((await touchstone('rules', '--at', place, '--json')).stdout)
    const before = await at('481823')
    const segwit = await at('481824')
    const ids = (set: { rules: { id: string }[] }) => set.rules.map(({ id }) => id)
    // Scripts are judged from genesis on; the height of segwit brings the commitment and NULLDUMMY. [Core GetBlockScriptFlags]
    for (const feature of ['P2SH', 'WITNESS', 'TAPROOT'])
      expect((await at('300000')).features).toContain(feature)
    expect(before.features).not.toContain('NULLDUMMY')
    expect(segwit.features).toContain('NULLDUMMY')
    expect(ids(before)).not.toContain('witness-commitment')
    expect(ids(segwit)).toContain('witness-commitment')
    expect((await at('00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22')).features).toEqual(
      [],
    )
  })

  it('print where a rule lives', async () => {
    const { stdout } = await touchstone('rules', 'where', 'maturity', '--json')
    const [rule] = JSON.parse(stdout).rules
    expect(rule).toMatchObject({
      id: 'coinbase-maturity',
      spec: [
        expect.stringContaining('spec/rules/spending/coinbase-maturity.ts'),
        expect.stringContaining('spec/rules/index.ts'),
      ],
    })
    expect(rule.impl[0]).toMatch(/^impl\//)
    expect(rule.scenarios).toContain('scenarios/limits/coinbase-maturity-edge.json')
  })

  it('print where an opcode and a limit live', async () => {
    const swap = JSON.parse((await touchstone('rules', 'where', '2swap', '--json')).stdout).opcodes
    expect(swap).toMatchObject([
      { name: 'OP_2SWAP', spec: [expect.stringMatching(/^spec\/script\/opcodes\/stack\.ts:\d+$/)] },
    ])
    expect(swap[0].impl).toContainEqual(expect.stringMatching(/^impl\/script-engine\/operations\/stack\.ts:/))
    const { limits } = JSON.parse((await touchstone('rules', 'where', 'maturity', '--json')).stdout)
    expect(limits).toMatchObject([{ name: 'coinbaseMaturityBlocks' }])
    expect(limits[0].impl).toContainEqual(expect.stringMatching(/^impl\/validation\/spending\.ts:/))
    expect(await touchstone('rules', 'where', 'nonsense')).toMatchObject({
      exitCode: 1,
      stdout: 'no rule, opcode or limit is about nonsense\n',
    })
  })

  it('keep the book of the worked example: the trace of 110 reaches Tom and Jack only', async () => {
    const { exitCode, stdout } = await touchstone(
      'ledger',
      '--chain-data',
      PAPER,
      '--trace',
      'bobPaysHook:0',
      '--json',
    )
    const owners = JSON.parse(stdout).back.map(
      ({ quantum }: { quantum: { account: string } }) => quantum.account,
    )
    const tom = JSON.parse(
      (await touchstone('ledger', '--chain-data', PAPER, '--balance', 'tom', '--json')).stdout,
    )
    const mary = JSON.parse(
      (await touchstone('ledger', '--chain-data', PAPER, '--balance', 'mary', '--json')).stdout,
    )
    expect(owners).toContain(tom.account)
    expect(owners).not.toContain(mary.account)
    expect(exitCode).toBe(0)
  })

  it('let a payee refuse what is spent or somebody else’s', async () => {
    const check = (...more: string[]) =>
      touchstone('ledger', '--chain-data', PAPER, '--verify-payment', ...more)
    expect(await check('hookPaysOn:0', '--payer', 'payee')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('accept'),
    })
    expect(await check('hookPaysOn:0', '--payer', 'bob')).toMatchObject({
      exitCode: 1,
      stdout: 'refuse: it belongs to somebody else\n',
    })
    expect(await check('bobPaysHook:0')).toMatchObject({ exitCode: 1, stdout: 'refuse: it is spent\n' })
  })
})
