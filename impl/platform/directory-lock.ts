import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { StoreError } from '../storage/index.ts'

const LOCK_NAME = '.lock'
const CLAIM_NAME = '.lock.claim'
const CLAIM_WAIT_MS = 5

/** Locks that this process holds, by path. */
const held = new Set<string>()

/**
 * Claims a directory for this process; returns what gives it back. A lock that a dead process left behind is taken over.
 * Throws StoreError while another process holds it, or this one. [Core LockDirectory]
 */
export function lockDirectory(directory: string): () => void {
  const file = path.join(fs.realpathSync(directory), LOCK_NAME)
  const start = startOf(process.pid)
  const own = `${process.pid} ${start}`
  while (!place(file, own)) {
    const holder = holderIn(file)
    if (holder === undefined) continue
    // Where no start is known, a dead process may have had this one's number.
    const isStale = !held.has(file) && (!isAlive(holder) || (holder === own && start === ''))
    if (!isStale)
      throw new StoreError(
        `Cannot obtain a lock on directory ${directory}. Touchstone is probably already running.`,
      )
    takeAway(file, holder, own)
  }
  held.add(file)
  let isGivenBack = false
  return () => {
    if (isGivenBack) return
    isGivenBack = true
    held.delete(file)
    fs.rmSync(file, { force: true })
  }
}

/** Removes the lock of a dead process; one process at a time, so that none removes the lock of the next holder. */
function takeAway(file: string, dead: string, own: string): void {
  const claim = path.join(path.dirname(file), CLAIM_NAME)
  if (place(claim, own)) {
    if (holderIn(file) === dead) fs.rmSync(file, { force: true })
    fs.rmSync(claim, { force: true })
    return
  }
  const claimant = holderIn(claim)
  if (claimant !== undefined && !isAlive(claimant)) fs.rmSync(claim, { force: true })
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CLAIM_WAIT_MS)
}

/** Makes a file with its content in one go; false when it is there already. */
function place(file: string, content: string): boolean {
  const draft = `${file}.${randomUUID()}`
  fs.writeFileSync(draft, content, { mode: 0o600 })
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

function holderIn(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start = ''] = holder.split(' ')
  if (!/^[1-9][0-9]*$/.test(pid)) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return start === startOf(Number(pid))
}

/**
 * When a process began, so that its number, used again, is not taken for it; empty for one that has ended and whose
 * parent has not noticed, and where the system does not say. [proc_pid_stat(5)]
 */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}
