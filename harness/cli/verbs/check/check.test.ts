import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

async function check(...argv: string[]) {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const exitCode = await runProgram(['check', ...argv], { stdout, stderr })
  return { exitCode, stdout: stdout.text, stderr: stderr.text }
}

/** A model as it comes from a file: the object that defineModule makes, spelled by hand. */
function modelFile(name: string, most: number): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `const count = {
      size: 4, radices: [4], values: () => [0, 1, 2, 3], print: String, toItf: (value) => value,
      encode: (value, digits, at) => { digits[at] = value; return value < 4 }, decode: (digits, at) => digits[at],
    }
    export default {
      name: 'Counter', constants: { most: ${most} }, variables: { count }, init: [{ count: 0 }],
      actions: [{ name: 'Count', choices: [{}], printChoice: () => '',
        conjuncts: [{ name: 'guard', holds: (state) => state.count < ${most} }],
        next: (state) => ({ count: state.count + 1 }) }],
      ends: () => true, invariants: { isSmall: (state) => state.count < 3 }, properties: {}, fairness: [],
      sometimes: { two: (state) => state.count === 2 }, refinements: {}, presets: [],
    }`,
  )
  return path
}

describe('check', () => {
  it('explores a model and prints its counts', async () => {
    const { exitCode, stdout } = await check('two-phase', '--preset', '4')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('1,568 distinct, 8,258 generated, depth 14, queue 0')
    expect(stdout).toMatch(/ObeyAbort +│ +1,296 │ 5,184 │ +1,040/)
  })
  it('prints one object under --json, with other constants', async () => {
    const { exitCode, stdout } = await check('t-commit', '--set', 'managers=2', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'TCommit',
      constants: { managers: 2 },
      outcome: 'complete',
    })
  })
  it('prints the shortest way to what is wrong, and writes it', async () => {
    const itf = join(folder, 'counterexample.itf.json')
    const { exitCode, stdout } = await check(modelFile('wrong.mjs', 3), '--itf', itf)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(
      'isSmall does not hold in the last state; 4 states\n1  at first\n     count = 0\n2  Count\n',
    )
    expect(JSON.parse(readFileSync(itf, 'utf8')).states).toHaveLength(4)
  })
  it('fails when what must be seen never is', async () => {
    const { exitCode, stdout } = await check(modelFile('short.mjs', 1))
    expect(exitCode).toBe(1)
    expect(stdout).toContain('fail: never seen: two')
  })
  it('is inconclusive when memory is full', async () => {
    const { exitCode, stdout } = await check('two-phase', '--preset', '5', '--memory', '20K')
    expect(exitCode).toBe(3)
    expect(stdout).toContain('inconclusive: the memory is full')
  })
  it('compares public models with what is published of them', async () => {
    const { exitCode, stdout } = await check('--classics', '--distinct-max', '300')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {3}ok {2}two-phase +distinct 288, generated 1,146, depth 11; /m)
    expect(stdout).toMatch(/^\d+ equal, 0 different, \d+ larger than --distinct-max 300 left out$/m)
  })
  it('judges one property, with a behaviour that never ends', async () => {
    const holds = await check('ewd840', '--property', 'isDetectedAtLast')
    expect([holds.exitCode, holds.stdout.includes('isDetectedAtLast: holds')]).toEqual([0, true])
    const fails = await check('ewd840', '--property', 'stopsWithoutMessages')
    expect(fails.exitCode).toBe(1)
    expect(fails.stdout).toContain('stopsWithoutMessages does not hold of this behaviour, which is fair')
    expect(fails.stdout).toContain('nothing happens any more')
  })
  it('lets one state stand for all that differ in names', async () => {
    const { exitCode, stdout } = await check('two-phase', '--symmetry')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('80 distinct, 318 generated, depth 11')
  })
  it('walks at random, and minimises what it finds', async () => {
    const passes = await check('two-phase', '--walk', '20', '--seed', '1')
    expect(passes.exitCode).toBe(0)
    expect(passes.stdout).toMatch(
      /^20 walks, [\d,]+ visits, \d+ distinct; estimated coverage [\d.]+ %; .*; seed 1$/m,
    )
    const fails = await check('jugs', '--walk', '1000', '--seed', '11', '--json')
    expect(fails.exitCode).toBe(1)
    expect(JSON.parse(fails.stdout).violation.trace).toHaveLength(7)
  })
  it('says whether what was observed is a behaviour', async () => {
    const path = join(folder, 'trace.json')
    const write = (observations: object[]) => writeFileSync(path, JSON.stringify({ observations }))
    write([{ action: 'FillBig' }, { action: 'BigToSmall', after: { big: 2 } }])
    expect(await check('jugs', '--trace', path)).toMatchObject({
      exitCode: 0,
      stdout: 'pass: 2 observations are a behaviour of Jugs\n',
    })
    write([{ action: 'FillBig' }, { action: 'BigToSmall', after: { big: 3 } }])
    const { exitCode, stdout } = await check('jugs', '--trace', path)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('1 of 2 observations are explained; the next is not:')
    expect(stdout).toContain('  BigToSmall: big is 2, observed 3\n')
    writeFileSync(path, '{"observations": 1}')
    expect(await check('jugs', '--trace', path)).toMatchObject({
      exitCode: 2,
      stderr: `touchstone: ${path}: observations: Invalid input: expected array, received number\n`,
    })
  })
  it('says how the states grow with a constant, and where that ends', async () => {
    const grows = await check('two-phase', '--sweep', 'managers=2,3,4')
    expect(grows.exitCode).toBe(0)
    expect(grows.stdout).toMatch(/^│ 4 +│ +1,568 │ +8,258 │ +14 │ +× 5\.4 │ +[\d.]+ │$/m)
    const full = await check('two-phase', '--sweep', 'managers=3,5,6', '--memory', '100K', '--json')
    expect(full.exitCode).toBe(3)
    expect(JSON.parse(full.stdout).rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'complete',
      'bounded',
    ])
  })
  it('writes scenarios that take every step of the graph', async () => {
    const out = join(folder, 'tests')
    const { exitCode, stdout } = await check(
      'network',
      '--set',
      'blocks=2',
      '--tests',
      out,
      '--tests-max',
      '3',
    )
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^[\d,]+ steps come to [\d,]+ tales of one node; 3 written$/m)
    expect(readdirSync(out)).toEqual(['1.json', '2.json', '3.json'])
    expect((await check('ledger', '--tests', out)).stderr).toBe(
      'touchstone: --tests: Ledger is not replayed on nodes; ForkChoice and Network are\n',
    )
  })
  it('lists its models', async () => {
    const { exitCode, stdout } = await check('--list')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^two-phase +classic +managers=3 +presets 2 4 5 6 7$/m)
  })
  it.each([
    [[], 'touchstone: expected a model: '],
    [['nope'], 'touchstone: nope: neither a model nor a file; check --list shows the models\n'],
    [['two-phase', '--preset', 'x'], 'touchstone: --preset x: two-phase has 2, 4, 5, 6, 7\n'],
    [['t-commit', '--preset', 'x'], 'touchstone: --preset x: t-commit has none\n'],
    [['two-phase', '--set', 'x=1'], 'touchstone: --set x=1: two-phase has the constants managers\n'],
    [
      ['two-phase', '--set', 'managers=two'],
      'touchstone: --set managers=two: expected a value in JSON after =\n',
    ],
    [['two-phase', '--property', 'x'], 'touchstone: --property x: TwoPhase has tCommit\n'],
    [
      ['t-commit', '--sweep', 'x=1'],
      'touchstone: --sweep x=1: expected CONSTANT=VALUE,VALUE…; TCommit has the constants managers\n',
    ],
    [
      ['t-commit', '--sweep', 'managers=a'],
      'touchstone: --sweep managers=a: expected values in JSON after =, with commas between them\n',
    ],
    [['two-phase', '--symmetry', '--walk', '1'], 'touchstone: --symmetry: walks do not take it\n'],
    [['two-phase', '--memory', 'much'], "touchstone: option '--memory <size>' argument 'much' is invalid."],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, stderr } = await check(...argv)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
  })
  it('says in one line what is wrong in a model', async () => {
    const faulty = modelFile('faulty.mjs', 9)
    writeFileSync(faulty, readFileSync(faulty, 'utf8').replace('count < 3', 'count < 9'))
    const said = await check(faulty)
    expect([said.exitCode, said.stderr]).toEqual([
      2,
      'touchstone: Counter, Count(): count has left its domain: 4; the state before; count = 3\n',
    ])
  })
})
