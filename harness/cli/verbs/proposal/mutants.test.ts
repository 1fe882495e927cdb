import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT_FOLDER } from '../../folders.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-draft-mutants-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function mutants(...args: string[]) {
  const program = join(ROOT_FOLDER, 'harness/bin/touchstone')
  return spawnSync(process.execPath, [program, 'proposal', 'mutants', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
}

/** A draft whose sixth NOP wants an item of up to three bytes; only the examples given say so. */
function bounded(accepts: string, rejects: string): string {
  const path = join(folder, 'bounded.ts')
  writeFileSync(
    path,
    `
import { fail, type Upgrade } from 'touchstone/spec'
const BYTES_MAX = 3
export const bounded: Upgrade = {
  id: 'bounded', text: 'Items are short.', sources: ['a test'], deployment: { kind: 'never' },
  features: ['BOUNDED'],
  examples: {
    accepts: [{ script: '${accepts}' }],
    rejects: [{ script: '${rejects}', error: 'TOO_LONG' }],
    generator: () => ({ accepts: { script: '${accepts}' }, rejects: { script: '${rejects}', error: 'TOO_LONG' } }),
  },
  extension: {
    opcodes: [{ slot: 'NOP6', name: 'OP_BOUNDED', feature: 'BOUNDED', execute: ({ stack }) => {
      const [item] = stack.take(1)
      if (item.length > BYTES_MAX) fail('TOO_LONG')
      stack.push(item)
    } }],
  },
}
`,
  )
  return path
}

describe('touchstone proposal mutants', () => {
  it('says that examples at a limit notice every fault', () => {
    const { status, stdout } = mutants(bounded('03010101b5', '0401010101b5'))
    expect(stdout).toContain('bounded: 4 faults planted, 4 noticed by examples')
    expect(status).toBe(0)
  })

  it('names a limit that no example touches', () => {
    const { status, stdout } = mutants(bounded('0101b5', '0501010101' + '01b5'))
    expect(stdout).toContain('nobody notices: BYTES_MAX 3 -> 2')
    expect(stdout).toContain('nobody notices: BYTES_MAX 3 -> 4')
    expect(status).toBe(1)
  })

  it('finds every fault in a list of places by examples of them', () => {
    const { status, stdout } = mutants('bip323')
    expect(stdout).toContain(
      'bip323: 4 faults planted, 0 noticed by examples, 4 noticed by check, 0 noticed by public vectors, 0 by nobody',
    )
    expect(status).toBe(0)
  })

  it('finds every fault in the consensus cleanup', () => {
    const { status, stdout } = mutants('bip54')
    expect(stdout).toContain('bip54: 20 faults planted, 20 noticed by examples')
    expect(status).toBe(0)
  })
})
