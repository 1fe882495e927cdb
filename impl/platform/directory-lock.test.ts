import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { DiskFiles } from './disk-files.ts'

const BUNDLE = path.resolve('dist/node.js')
const PROCESSES = 3
const ROUNDS = 200

/** Opens each directory at its moment, as all others do; prints 1 for each that it got and 0 for the others. */
const CHILD = `
import fs from 'node:fs'
const [bundle, ...rounds] = process.argv.slice(2)
const { DiskFiles } = await import(bundle)
process.stdin.on('data', (start) => {
  const outcomes = rounds.map((directory, round) => {
    while (Date.now() < Number(start) + 5 * round);
    try { return new DiskFiles(directory) && 1 } catch { return 0 }
  })
  fs.writeSync(1, outcomes.join('') + '\\n')
})
fs.writeSync(1, 'ready\\n')
`

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) fs.rmSync(directory, { recursive: true, force: true })
})

function temporary(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-lock-'))
  directories.push(directory)
  return directory
}

/** What the lock says of a process: its number and when it began. */
function identityOf(pid: number): string {
  const stat = `/proc/${pid}/stat`
  const start = fs.existsSync(stat)
    ? fs
        .readFileSync(stat, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')[19]!
    : ''
  return `${pid} ${start}`
}

describe('a directory', () => {
  test('in use by another process is refused, and one that a dead process left is not', () => {
    const directory = temporary()
    const lock = path.join(directory, '.lock')
    fs.writeFileSync(lock, identityOf(process.ppid))
    expect(() => new DiskFiles(directory)).toThrow(`Cannot obtain a lock on directory ${directory}.`)
    fs.writeFileSync(lock, `${process.ppid} not-its-start`)
    new DiskFiles(directory).close()
    expect(fs.existsSync(lock)).toBe(false)
    fs.writeFileSync(lock, '')
    const files = new DiskFiles(directory)
    expect(files.list()).toEqual([])
    files.close()
  })

  test('is refused to a second opening in one process, by whatever path, until it is given back', () => {
    const directory = temporary()
    const other = path.join(temporary(), 'link')
    fs.symlinkSync(directory, other)
    const files = new DiskFiles(directory)
    for (const name of [directory, other]) expect(() => new DiskFiles(name)).toThrow('Cannot obtain a lock')
    files.close()
    const again = new DiskFiles(other)
    files.close()
    expect(() => new DiskFiles(directory)).toThrow('Cannot obtain a lock')
    again.close()
  })

  test('is refused to another thread', async () => {
    const directory = temporary()
    const files = new DiskFiles(directory)
    const code = `import(${JSON.stringify(BUNDLE)}).then(({ DiskFiles }) => new DiskFiles(${JSON.stringify(directory)}))
      .then(() => 'opened', (error) => error.message)
      .then((said) => require('node:worker_threads').parentPort.postMessage(said))`
    const worker = new Worker(code, { eval: true })
    const said = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    expect(said).toBe(
      `Cannot obtain a lock on directory ${directory}. Touchstone is probably already running.`,
    )
    await worker.terminate()
    files.close()
  })

  test('left by a dead process goes to one of those that find it at once', { timeout: 60_000 }, async () => {
    const root = temporary()
    const rounds = Array.from({ length: ROUNDS }, (_, round) => path.join(root, String(round)))
    for (const directory of rounds) {
      fs.mkdirSync(directory)
      fs.writeFileSync(path.join(directory, '.lock'), '1 not-its-start')
    }
    const child = path.join(temporary(), 'child.mjs')
    fs.writeFileSync(child, CHILD)
    const children = Array.from({ length: PROCESSES }, () => {
      const running = spawn(process.execPath, [child, BUNDLE, ...rounds], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      let said = ''
      let heard = () => {}
      running.stdout.on('data', (data) => {
        said += data
        heard()
      })
      const line = async (number: number) => {
        while (said.split('\n').length <= number)
          await new Promise<void>((resolve) => {
            heard = resolve
          })
        return said.split('\n')[number - 1]!
      }
      return { running, line }
    })
    await Promise.all(children.map(({ line }) => line(1)))
    const start = Date.now() + 50
    for (const { running } of children) running.stdin.write(`${start}\n`)
    const opened = await Promise.all(children.map(({ line }) => line(2)))
    for (const { running } of children) {
      running.stdin.end()
      await new Promise((resolve) => running.once('close', resolve))
    }
    const winners = rounds.map((_, round) => opened.filter((outcomes) => outcomes[round] === '1').length)
    expect(winners).toEqual(rounds.map(() => 1))
  })
})
