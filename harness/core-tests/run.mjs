/**
 * Runs Bitcoin Core's own functional tests, unchanged, against touchstoned, and prints a table: pass, or why not.
 *
 *     CORE_TESTS=/path/to/bitcoin node harness/core-tests/run.mjs [--tier N] [--jobs N] [--timeout SECONDS] [NAME…]
 *
 * CORE_TESTS is a checkout of Core v31.0; python3 is needed, a build of Core is not.
 * Without --tier the first three tiers are run; the fourth is every other test that needs no wallet. Exit code 0 when each test
 * ends as tests.tsv says (`pass`, or `fails` with the reason; `open` says nothing), 1 otherwise, 2 for wrong usage.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tier: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    timeout: { type: 'string', default: '600' },
    keep: { type: 'boolean', default: false },
  },
})
const source = process.env.CORE_TESTS
if (source === undefined || !existsSync(path.join(source, 'test/functional'))) {
  console.error('core-tests: CORE_TESTS: expected a checkout of Bitcoin Core, in which test/functional lies')
  process.exit(2)
}
const daemon = process.env.BITCOIND ?? fileURLToPath(new URL('../../impl/bin/touchstoned', import.meta.url))
const expected = readFileSync(new URL('tests.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name, tier, outcome, why = ''] = line.split('\t')
    return { name, tier, outcome, why }
  })
const chosen =
  positionals.length > 0
    ? positionals.map(
        (name) =>
          expected.find((test) => test.name === name) ?? { name, tier: '-', outcome: 'pass', why: '' },
      )
    : expected.filter(({ tier }) => (values.tier === undefined ? tier !== '4' : tier === values.tier))

const directory = mkdtempSync(path.join(tmpdir(), 'core-tests-'))
writeFileSync(
  path.join(directory, 'config.ini'),
  `[environment]
CLIENT_NAME=Touchstone
CLIENT_BUGREPORT=
SRCDIR=${source}
BUILDDIR=${process.env.CORE_BUILD ?? directory}
EXEEXT=
RPCAUTH=${source}/share/rpcauth/rpcauth.py

[components]
ENABLE_BITCOIND=true
`,
)

let port = 1 + Math.floor(Math.random() * 1000)

/** Runs one test; its exit code (77: skipped), and the last lines that it printed. */
function run(name, cache) {
  const words = [
    path.join(source, 'test/functional', `${name}.py`),
    `--configfile=${path.join(directory, 'config.ini')}`,
    `--tmpdir=${path.join(directory, name)}`,
    `--cachedir=${cache}`,
    `--portseed=${port++}`,
  ]
  return new Promise((resolve) => {
    const child = spawn('python3', words, { env: { ...process.env, BITCOIND: daemon }, detached: true })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => (output = (output + data).slice(-20_000)))
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), Number(values.timeout) * 1000)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output })
    })
  })
}

/** The line that says most about a failure: the last exception's. */
function reasonIn(output) {
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !/TestFramework|Cleaning up/.test(line))
  const last =
    lines.findLast((line) => /^(\S*(Error|Exception|Failed)\S*:|AssertionError)/.test(line)) ??
    lines.at(-1) ??
    ''
  return last.slice(0, 160)
}

let surprises = 0
const queue = [...chosen]
async function work(worker) {
  for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
    const begin = performance.now()
    const { code, output } = await run(test.name, path.join(directory, `cache-${worker}`))
    const outcome = code === 0 ? 'pass' : code === 77 ? 'skipped' : code === null ? 'timeout' : 'fails'
    const isExpected =
      outcome === 'skipped' || test.outcome === 'open' || (outcome === 'pass') === (test.outcome === 'pass')
    if (!isExpected) surprises++
    const seconds = ((performance.now() - begin) / 1000).toFixed(0)
    const why =
      outcome === 'pass' ? '' : outcome === 'fails' && test.outcome === 'fails' ? test.why : reasonIn(output)
    console.log(
      `${isExpected ? '   ' : '!! '}${test.tier.padEnd(2)} ${test.name.padEnd(36)} ${outcome.padEnd(8)} ${seconds.padStart(4)} s  ${why}`,
    )
    if (!values.keep || outcome === 'pass')
      rmSync(path.join(directory, test.name), { recursive: true, force: true })
  }
}
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, worker) => work(worker)))
if (values.keep) console.log(`kept: ${directory}`)
else rmSync(directory, { recursive: true, force: true })
console.log(`${chosen.length} tests, ${surprises} otherwise than expected`)
process.exitCode = surprises > 0 ? 1 : 0
