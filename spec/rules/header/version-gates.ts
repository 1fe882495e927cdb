import { broken, ok } from '../../language/index.ts'
import type { Header } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

type Versioned = { readonly header: Header }

/** Each of the first three soft forks left a version behind; versions are compared with their sign. */
function versionGate(least: number, bip: string): ConsensusRule<Versioned> {
  return rule({
    id: `version-at-least-${least}`,
    reason: 'bad-version',
    must: `Once ${bip} is in force, a header's version, read with its sign, MUST be at least ${least}.`,
    sources: [bip, 'Core validation.cpp ContextualCheckBlockHeader'],
    check: ({ header }) =>
      header.version >= least ? ok : broken(`at least ${least}`, header.version, hex(header)),
  })
}

export const versionAtLeast2: ConsensusRule<Versioned> = versionGate(2, 'BIP34')
export const versionAtLeast3: ConsensusRule<Versioned> = versionGate(3, 'BIP66')
export const versionAtLeast4: ConsensusRule<Versioned> = versionGate(4, 'BIP65')

/** Bitcoin asks for no more than version 4; on its chains this holds of every version. */
export const versionWithSegwit: ConsensusRule<Versioned> = rule({
  id: 'version-with-segwit',
  reason: 'bad-version',
  must: "Once segwit is in force, a header's version, read with its sign, MUST be at least `minVersionWithSegwit` (0x20000000 on Litecoin; no bound on Bitcoin).",
  sources: ['Litecoin Core validation.cpp ContextualCheckBlockHeader'],
  limits: ['minVersionWithSegwit'],
  check: ({ header }, { minVersionWithSegwit: least }) =>
    header.version >= least ? ok : broken(`at least ${least}`, header.version, hex(header)),
})

function hex({ version }: Header): string {
  return `(0x${(version >>> 0).toString(16).padStart(8, '0')})`
}
