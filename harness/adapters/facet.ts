import type { Engine, FacetName, Facets } from '../ports/index.ts'
import { Abstention } from './abstention.ts'

const ABOUT: Readonly<Record<FacetName, string>> = {
  scripts: 'single scripts and signatures',
  contextFree: 'transactions and blocks without their ancestors',
  library: 'scripts, transactions and blocks without a chain',
  light: 'what light nodes compute',
  addresses: 'addresses',
}

/** What an engine has to say about this. @throws Abstention when it cannot be asked */
export function facetOf<Name extends FacetName>(engine: Engine, name: Name): NonNullable<Facets[Name]> {
  const facet: Facets[Name] = engine[name]
  if (facet === undefined) throw new Abstention(`${engine.name} cannot be asked about ${ABOUT[name]}`)
  return facet as NonNullable<Facets[Name]>
}
