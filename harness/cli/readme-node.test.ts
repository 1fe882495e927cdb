/** The README's commands of a node are run, and print what stands there. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const MINUTE = 60_000
const [, section = ''] = readFileSync('README.md', 'utf8').split('## A node of your own')
const blocks = [...section.split('\n## ')[0]!.matchAll(/^```(sh)?\n([\s\S]*?)^```$/gm)].map(
  ([, , text]) => text!,
)
const TOUCHSTONE = `node ${resolve('harness/bin/touchstone')}`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

const hasCurl = spawnSync('curl', ['--version']).status === 0

test.skipIf(!hasCurl).each([
  ['mine, pay, and trace the payment', blocks[0], blocks[1]],
  ['found a chain and compare the books of its nodes', blocks[2], blocks[3]],
])('%s', { timeout: 3 * MINUTE }, async (_title, commands, output) => {
  expect(blocks).toHaveLength(4)
  let script = commands!.replaceAll('npx touchstone', TOUCHSTONE)
  for (const port of ['18443', '18444', '18543']) script = script.replaceAll(port, String(await freePort()))
  const port = await freePort()
  if (!script.includes('-rpcport'))
    script = script
      .replace('-listen=0', `-listen=0 -rpcport=${port}`)
      .replaceAll(/127\.0\.0\.1:\d+/g, `127.0.0.1:${port}`)
  const folder = mkdtempSync(join(tmpdir(), 'readme-'))
  try {
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 2 * MINUTE,
    })
    expect(stderr).toBe('')
    expect(stdout).toBe(output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
