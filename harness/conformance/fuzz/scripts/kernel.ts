import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ScriptRequest } from '../../../ports/index.ts'

/** Core's script engine. */
export interface Kernel {
  /** Name and version, as the handler says it. */
  readonly name: string
  /** Per request and flag set, in order: whether the scripts allow the spend. */
  ask(
    requests: readonly Omit<ScriptRequest, 'flags'>[],
    flagSets: readonly (readonly string[])[],
  ): readonly (readonly boolean[])[]
}

/** Beside this file, or where a bundle's package keeps it. */
const HANDLER = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? 'kernel.py' : '../harness/conformance/fuzz/scripts/kernel.py',
    import.meta.url,
  ),
)
const OUTPUT_MAX_BYTES = 1 << 26

/** Bitcoin Core's library by its Python package; undefined where it is not installed. `python`: a program. */
export function openKernel(python = process.env.TOUCHSTONE_PYTHON ?? 'python3'): Kernel | undefined {
  const run = (input: string) =>
    spawnSync(python, [HANDLER], { input, encoding: 'utf8', maxBuffer: OUTPUT_MAX_BYTES })
  const first = run('')
  if (first.status !== 0) return undefined
  return {
    name: first.stdout.trim(),
    ask(requests, flagSets) {
      const lines = requests.map((request) => JSON.stringify(kernelRequest(request, flagSets)))
      const { status, stdout, stderr } = run(lines.map((line) => `${line}\n`).join(''))
      const answers = stdout.trim().split('\n').slice(1)
      if (status !== 0 || answers.length !== requests.length)
        throw new Error(`the kernel's handler answered ${answers.length} of ${requests.length}: ${stderr}`)
      return answers.map((answer) => [...answer].map((digit) => digit === '1'))
    },
  }
}

/** A request as the handler reads it, and as a failure shows it. */
export function kernelRequest(
  { transaction, inputIndex, spentOutputs }: Omit<ScriptRequest, 'flags'>,
  flagSets: readonly (readonly string[])[],
) {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  return {
    transaction: hex(transaction),
    inputIndex,
    spentOutputs: spentOutputs.map(({ value, script }) => ({ value: value.toString(), script: hex(script) })),
    flagSets,
  }
}
