export { type Inclusion, provesInclusion } from './inclusion.ts'
export { LightNode } from './light-node.ts'
export type { LightEffect, LightEvent, LightSetup } from './types.ts'
