import { verdictText } from '../../../reports/index.ts'
import { tipOf } from '../../conformance/index.ts'
import { FileError } from '../../files/index.ts'
import type { EdgeChain } from './edge-chain.ts'
import type { EdgePath } from './edge-paths.ts'
import { aboutExample, type NamedExample } from './examples.ts'

/** Keeps a path as a fixture. @throws FileError when it does not end as expected, or has a second fault */
export function keepOne(chain: EdgeChain, named: NamedExample, { when, isAllowed, path }: EdgePath): void {
  const { draft, from } = chain
  const { node, verdict, faults } = chain.deliver(path)
  const id = `${slug(draft.id)}/${slug(named.name)}/${when}`
  const expected = isAllowed ? 'connected' : 'rejected'
  if (verdict.outcome !== expected)
    throw new FileError(`${id}: expected ${expected}, got ${verdictText(verdict)}`)
  if (!isAllowed && faults.length !== 1) throw new FileError(`${id}: it has the faults ${faults.join(', ')}`)
  const { rule, must } = aboutExample(named, draft)
  const { height } = tipOf(path)
  chain.keep({
    id,
    about: `${rule}: ${must} The last block is ${height}, the draft begins at ${from}: ${verdict.outcome}.`,
    kind: when.includes('-then-') ? 'after-reorganisation' : 'activation',
    sources: [...draft.sources],
    node,
  })
}

const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
