import fs from 'node:fs'
import path from 'node:path'
import { StoreError } from '../storage/index.ts'

const LOCK_NAME = '.lock'

/**
 * Claims a directory for this process; returns what gives it back. A lock that a dead process left behind is taken over.
 * Throws StoreError while another process holds it. [Core LockDirectory]
 */
export function lockDirectory(directory: string): () => void {
  const file = path.join(directory, LOCK_NAME)
  const own = `${process.pid} ${startOf(process.pid)}`
  for (;;) {
    try {
      fs.writeFileSync(file, own, { flag: 'wx', mode: 0o600 })
      return () => {
        if (holderIn(file) === own) fs.rmSync(file, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = holderIn(file)
    if (holder === own) return () => {}
    if (holder !== undefined && isAlive(holder))
      throw new StoreError(`${directory} is in use by process ${holder.split(' ')[0]}`)
    // Renamed first: of two processes that find the same dead holder only one takes its lock away.
    try {
      fs.renameSync(file, `${file}.${process.pid}`)
      fs.rmSync(`${file}.${process.pid}`)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
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

/** When a process began, so that its number, used again, is not taken for it; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'latin1')
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
