import { holds } from '../../language/index.ts'
import type { Branch, Header } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'

export const parentKnown: ConsensusRule<{ header: Header; parent: Branch | undefined }> = rule({
  id: 'parent-known',
  reason: 'prev-blk-not-found',
  must: "A header's parent MUST be known.",
  sources: ['Core validation.cpp AcceptBlockHeader'],
  rejection: 'missing',
  check: ({ header, parent }) => holds(parent !== undefined, 'a known parent', header.previous),
})
