import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startDaemon } from './process.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-daemons-'))
afterAll(() => rmSync(folder, { recursive: true }))

function program(name: string, script: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

const eventually = { timeout: 5_000, interval: 20 }
const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a daemon', () => {
  it('is started on a folder and ports of its own, and ends with its folder', async () => {
    const pidFile = join(folder, 'pid')
    const path = program(
      'sleeper',
      `echo "$$ $1 $2" > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; exec sleep 60`,
    )
    const daemon = await startDaemon({ path, args: ['-datadir={datadir}', '-port={rpcPort}:{p2pPort}'] })
    await vi.waitFor(() => expect(existsSync(pidFile)).toBe(true), eventually)
    const [pid, datadir, ports] = readFileSync(pidFile, 'utf8').trim().split(' ')
    expect(datadir).toBe(`-datadir=${daemon.datadir}`)
    expect(ports).toBe(`-port=${daemon.rpcPort}:${daemon.p2pPort}`)
    expect(daemon.ended()).toBeUndefined()
    expect(isRunning(Number(pid))).toBe(true)
    daemon.stop()
    await vi.waitFor(() => expect(existsSync(daemon.datadir)).toBe(false), eventually)
    expect(isRunning(Number(pid))).toBe(false)
  })
  it('that ends by itself says how, and what it said last', async () => {
    const path = program('refuser', 'echo "starting" ; echo "Error: no room" >&2; exit 3')
    const daemon = await startDaemon({ path, args: [] })
    await vi.waitFor(
      () => expect(daemon.ended()).toBe('it ended with exit code 3: Error: no room'),
      eventually,
    )
    daemon.stop()
    await vi.waitFor(() => expect(existsSync(daemon.datadir)).toBe(false), eventually)
  })
  it('that is killed says by what', async () => {
    const daemon = await startDaemon({ path: program('victim', 'kill -6 $$'), args: [] })
    await vi.waitFor(() => expect(daemon.ended()).toMatch(/^it was ended by signal 6/), eventually)
    daemon.stop()
  })
})
