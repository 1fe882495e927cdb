import { spawn } from 'node:child_process'

/** What a verb of some bundle of the program ended with. */
export interface VerbRun {
  readonly exitCode: number
  /** The object that `--json` printed. */
  readonly json: unknown
}

/** A verb hung, or ended without its answer: nothing follows for the bug. */
export class VerbError extends Error {
  override readonly name = 'VerbError'
}

/** Runs a verb with `--json` in a process of its own. Rejects with VerbError. */
export function runVerb(cli: string, args: readonly string[], timeoutMs: number): Promise<VerbRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args, '--json'], { timeout: timeoutMs })
    const out: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.on('error', (error) => reject(new VerbError(`${args[0]}: ${error.message}`)))
    child.on('close', (exitCode, signal) => {
      const json = parse(Buffer.concat(out).toString())
      const said = Buffer.concat(errors).toString().trim().split('\n').at(-1)
      if (exitCode === null) reject(new VerbError(`${args[0]} was ended by ${signal}`))
      else if (json === undefined) reject(new VerbError(`${args[0]} gave no answer: ${said}`))
      else resolve({ exitCode, json })
    })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
