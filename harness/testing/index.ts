import type { ExtensionPoint } from './extension-point.ts'
import { HARNESS_EXTENSIONS } from './harness-extensions.ts'
import { NODE_EXTENSIONS } from './node-extensions.ts'
import { SPEC_EXTENSIONS } from './spec-extensions.ts'

export type { ExtensionPoint } from './extension-point.ts'

/** A dummy of each kind of extension. */
export const EXTENSION_POINTS: readonly ExtensionPoint[] = [
  ...SPEC_EXTENSIONS,
  ...NODE_EXTENSIONS,
  ...HARNESS_EXTENSIONS,
]
