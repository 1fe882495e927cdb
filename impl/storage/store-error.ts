/**
 * The storage holds something that this node did not write for this chain, or does not hold what it wrote any more.
 * The message is one line. Opening it again repairs what can be repaired from the blocks.
 */
export class StoreError extends Error {}
