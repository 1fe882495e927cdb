import type { ChainParameters } from '../chains/index.ts'
import type { Hasher } from '../wire/index.ts'

/** Raised with every change that makes the program judge headers, blocks or scripts differently. */
const RULES_VERSION = 1

/** 32 bytes that stand for all that the validity of a block depends on besides its ancestors: the chain's rules and the program's. */
export function rulesDigest(chain: ChainParameters, hasher: Hasher): Uint8Array {
  const { proofOfWork, limits, deployments, scriptsFromGenesis, minVersionWithSegwit } = chain
  const { exceptions, duplicates, signetChallenge } = chain
  const rules = [
    RULES_VERSION,
    proofOfWork,
    limits,
    deployments,
    scriptsFromGenesis,
    minVersionWithSegwit,
    exceptions,
    duplicates,
    signetChallenge,
  ]
  return hasher.sha256(new TextEncoder().encode(JSON.stringify(plain(rules))))
}

/** A value as JSON can say it, the same however its fields are ordered. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Uint8Array || Array.isArray(value)) return Array.from(value, plain)
  if (value instanceof Map) return plain(Object.fromEntries(value))
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, plain(field)])
}
