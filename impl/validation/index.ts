export { type Activation, Activations } from './activation.ts'
export { formatAmount } from './amount.ts'
export { checkAsChild, checkBlock, checkBlockBody, checkBlockInContext, checkMerkleRoot } from './block.ts'
export { checkContextFreeBlock } from './context-free-block.ts'
export { decodeBlock, decodeHeader, decodeTransaction, isRejection } from './decode.ts'
export { type DeploymentStates, signals } from './deployment-state.ts'
export { asDisguise } from './disguise.ts'
export { checkHeader, checkHeaderInContext, earliestTime } from './header.ts'
export { heightPush } from './height-in-coinbase.ts'
export { hasNoSequenceLock, isFinal, isPastLock, type SequenceLock, sequenceLock } from './lock-time.ts'
export { medianTimePast } from './median-time.ts'
export { merkleRoot } from './merkle.ts'
export { type ChainLink, decodeTarget, meetsTarget, nextBits, workOf } from './proof-of-work.ts'
export { rejectLine, rejectString, scriptErrorSentence } from './reject-string.ts'
export {
  type BlockVerdict,
  invalid,
  mutated,
  type Rejection,
  refusedByPolicy,
  refusedByUpgrade,
  reject,
} from './rejection.ts'
export { checkSpending, isMature, type SpentCoin } from './spending.ts'
export { subsidyAt } from './subsidy.ts'
export { checkTransaction } from './transaction.ts'
export { checkWitnessCommitment, witnessCommitment } from './witness-commitment.ts'
