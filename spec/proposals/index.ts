import type { Upgrade } from '../upgrades/index.ts'
import { bip119 } from './bip119.ts'

/** Drafts: soft forks of the same shape as those deployed, in force nowhere. */
export const PROPOSALS: readonly Upgrade[] = [bip119]
