/**
 * Builds and judges the handlers in these folders: `npm run handlers [-- WORD…]`, those with a word in their name.
 * One whose language is not on this machine is skipped by name. Nothing is built inside the checkout's folders.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CACHE = join(ROOT, 'node_modules/.cache/touchstone/handlers')

/** What each language needs, how a copy of the folder is built, and how it is started. */
const LANGUAGES = {
  python: {
    needs: ['python3', '--version'],
    build: [
      ['python3', '-m', 'venv', 'venv'],
      ['venv/bin/pip', 'install', '--quiet', '-r', 'requirements.txt'],
    ],
    start: (folder) => `${folder}/venv/bin/python ${folder}/handler.py`,
  },
  javascript: {
    needs: ['npm', '--version'],
    build: [['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--omit=dev']],
    start: (folder) => `node ${folder}/handler.cjs`,
  },
  go: {
    needs: ['go', 'version'],
    build: [['go', 'build', '-mod=mod', '-o', 'handler', '.']],
    start: (folder) => `${folder}/handler`,
  },
  rust: {
    needs: ['cargo', '--version'],
    build: [['cargo', 'build', '--release', '--quiet']],
    start: (folder) => `${folder}/target/release/handler`,
  },
  java: {
    needs: ['mvn', '--version'],
    build: [
      ['mvn', '--quiet', '--batch-mode', 'package'],
      ['mvn', '--quiet', '--batch-mode', 'dependency:copy-dependencies', '-DoutputDirectory=target/jars'],
    ],
    start: (folder) => `java -cp ${folder}/target/classes:${folder}/target/jars/* Handler`,
  },
}

const words = process.argv.slice(2)
const names = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && words.every((word) => entry.name.includes(word)))
  .map(({ name }) => name)

/** Whether a program ran to a good end; what it says is shown. */
function runs([program, ...args], cwd) {
  return spawnSync(program, args, { cwd, stdio: 'inherit' }).status === 0
}

/** @returns what became of a handler: how `conform` ended, or why it was not asked */
function judge(name) {
  const { needs, build, start } = LANGUAGES[name.split('-')[0]]
  if (spawnSync(needs[0], needs.slice(1), { stdio: 'ignore' }).status !== 0)
    return `skipped: ${needs[0]} is not available`
  const folder = join(CACHE, name)
  mkdirSync(folder, { recursive: true })
  cpSync(join(HERE, name), folder, { recursive: true })
  const failed = build.find((command) => !runs(command, folder))
  if (failed !== undefined) return `not built: ${failed.join(' ')}`
  const conform = ['harness/bin/touchstone', 'conform', '--node', `stdio:${start(folder)}`]
  const { status } = spawnSync(process.execPath, conform, { cwd: ROOT, stdio: 'inherit' })
  return ['agrees', 'differs', 'cannot be asked', 'inconclusive'][status ?? 3]
}

const results = names.map((name) => [name, judge(name)])
for (const [name, result] of results) console.log(`${name.padEnd(28)} ${result}`)
const isBroken = results.some(([, result]) => /^(not built|cannot)/.test(result))
process.exitCode =
  results.length === 0 ? 3 : isBroken ? 2 : results.some(([, result]) => result === 'differs') ? 1 : 0
