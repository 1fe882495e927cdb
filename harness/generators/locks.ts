import type { Lock, LockSource } from '../scenario/index.ts'

/** Names that generated locks use; each is a key pair. */
export const STORY_KEYS = ['alice', 'bob'] as const

/** Locks that any honest spender opens, whatever soft forks are in force but for the witness ones. */
const EASY: readonly LockSource[] = [
  'anyone',
  'alice',
  { key: 'alice', type: 'p2pk' },
  { multisig: { need: 1, keys: ['alice', 'bob'] } },
  { multisig: { need: 2, keys: ['alice', 'bob'] }, wrap: 'p2sh' },
  { script: '1', wrap: 'p2sh' },
  { script: '1', wrap: 'p2wsh' },
  { script: '1', wrap: 'p2tr' },
  { key: 'bob', type: 'p2wpkh' },
  { key: 'bob', type: 'p2sh-p2wpkh' },
  { key: 'bob', type: 'p2tr' },
]

/** Locks that open by one soft fork's rules and not by another's, or to nobody. */
const HARD: readonly LockSource[] = [
  { script: '0', wrap: 'p2sh' },
  { script: '0', wrap: 'p2wsh' },
  { script: '0', wrap: 'p2tr' },
  { script: '12 CHECKLOCKTIMEVERIFY DROP 1' },
  { script: '1600003000 CHECKLOCKTIMEVERIFY DROP 1' },
  { script: '2 CHECKSEQUENCEVERIFY DROP 1' },
  { script: '4194305 CHECKSEQUENCEVERIFY DROP 1' },
  { script: '<alice> CHECKSIG NOT' },
  { script: '1 <alice> <bob> 2 CHECKMULTISIG NOT' },
  { script: 'CHECKSIG NOT' },
  { script: 'DEPTH 0 NUMEQUAL' },
  { raw: `5120${'07'.repeat(32)}` },
  { raw: '51024e73' },
  { raw: `0014${'00'.repeat(20)}` },
  { raw: `0015${'00'.repeat(21)}` },
  { raw: 'ac'.repeat(30) },
  { raw: 'ae'.repeat(3) },
  { raw: '00'.repeat(10_001) },
  { raw: `${'61'.repeat(201)}51` },
  { raw: `${'61'.repeat(202)}51` },
  { raw: '' },
  { opReturn: '07' },
]

const LOCKS = [...EASY, ...HARD]

/** 0 is a lock that demands nothing. */
export function lockOf(choice: number): LockSource {
  return LOCKS[choice % LOCKS.length]!
}

/** Whether any signer opens it without further conditions. */
export function isEasy(lock: Lock): boolean {
  if (typeof lock === 'string' || 'key' in lock || 'multisig' in lock) return true
  return 'script' in lock && lock.script === '1'
}
