import { describe, expect, it } from 'vitest'
import { createEngine, facetOf } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { compareScripts } from './compare.ts'
import { FLAG_SETS, POLICY_SETS } from './flag-sets.ts'
import { openKernel } from './kernel.ts'

const specification = createEngine('spec')
const node = createEngine('node')
const kernel = openKernel()

describe('generated inputs', () => {
  it('have each set of flags that there is, once', () => {
    expect(new Set(FLAG_SETS.map((flags) => flags.toSorted().join())).size).toBe(96)
  })

  it('get one verdict from specification and node', () => {
    const { verdicts, differences, names } = compareScripts({
      specification,
      node,
      kernel: undefined,
      cases: 40,
      seed: 1,
    })
    expect(differences).toEqual([])
    expect(verdicts).toBe(40 * (FLAG_SETS.length + POLICY_SETS.length))
    expect(Object.keys(names).length).toBeGreaterThan(15)
  })

  it.skipIf(kernel === undefined)("get Core's verdict from both (wants py-bitcoinkernel)", () => {
    expect(compareScripts({ specification, node, kernel, cases: 40, seed: 2 }).differences).toEqual([])
  })

  it('show who differs, and in what', () => {
    const scripts = facetOf(node, 'scripts')
    const lenient: Engine = {
      ...node,
      scripts: {
        ...scripts,
        verifyScript: (request) =>
          scripts.verifyScript({ ...request, flags: request.flags.filter((flag) => flag !== 'TAPROOT') }),
      },
    }
    const { differences } = compareScripts({
      specification,
      node: lenient,
      kernel: undefined,
      cases: 40,
      seed: 1,
    })
    const engines = new Set(differences.map((difference) => difference.engines))
    expect([...engines]).toEqual(['specification, node'])
    expect(differences.every(({ flags }) => flags.includes('TAPROOT'))).toBe(true)
  })
})
