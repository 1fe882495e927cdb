/** A block as far as a split is concerned. */
export interface SplitBlock {
  readonly parent: number
  readonly isViolating: boolean
  readonly isSilent: boolean
  readonly isNewFormat: boolean
}

/** Blocks by number, 0 is the one in which everybody agrees. */
export interface BlockTree {
  add(block: SplitBlock): number
  /** Above the first block. */
  height(block: number): number
  /** How many blocks below and with it stand on one that breaks the draft, itself included; 0 where none does. */
  violationDepth(block: number): number
  /** Blocks up to here that did not signal. */
  silent(block: number): number
  isNewFormat(block: number): boolean
  commonAncestor(left: number, right: number): number
  /** Blocks that are taken back when a tip is left for another one. */
  reorganisationDepth(from: number, to: number): number
}

export function createBlockTree(): BlockTree {
  const parents = [0]
  const heights = [0]
  const violations = [0]
  const silents = [0]
  const formats = [false]
  const commonAncestor = (left: number, right: number): number => {
    let [one, other] = [left, right]
    while (one !== other)
      if (heights[one]! >= heights[other]!) one = parents[one]!
      else other = parents[other]!
    return one
  }
  return {
    add({ parent, isViolating, isSilent, isNewFormat }) {
      parents.push(parent)
      heights.push(heights[parent]! + 1)
      violations.push(isViolating || violations[parent]! > 0 ? violations[parent]! + 1 : 0)
      silents.push(silents[parent]! + Number(isSilent))
      formats.push(isNewFormat || formats[parent]!)
      return parents.length - 1
    },
    height: (block) => heights[block]!,
    violationDepth: (block) => violations[block]!,
    silent: (block) => silents[block]!,
    isNewFormat: (block) => formats[block]!,
    commonAncestor,
    reorganisationDepth: (from, to) => heights[from]! - heights[commonAncestor(from, to)]!,
  }
}
