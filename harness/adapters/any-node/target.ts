import type { TargetKind } from '../target-kind.ts'
import { openPlainEngine } from './engine.ts'
import { plainLimits } from './limits.ts'
import type { PlainNode } from './node.ts'

/** Such a node as a target: `NAME:PATH`. */
export function plainTarget(node: PlainNode): TargetKind {
  return {
    name: node.name,
    argument: 'PATH',
    stories: plainLimits(node),
    open: (path, options) => openPlainEngine(node, path, options),
  }
}
