/**
 * The branches around the current instruction. Whether all of them are taken is known at once, however many there are:
 * only the outermost one that is not taken counts. [Core script/interpreter.cpp ConditionStack]
 */
export class Conditions {
  #depth = 0
  /** The depth of the outermost branch that is not taken; 0 when all are. */
  #firstUntaken = 0

  get depth(): number {
    return this.#depth
  }

  /** Whether every branch is taken. */
  get areTaken(): boolean {
    return this.#firstUntaken === 0
  }

  open(isTaken: boolean): void {
    this.#depth += 1
    if (this.areTaken && !isTaken) this.#firstUntaken = this.#depth
  }

  /** Takes the other side of the innermost branch; one inside a branch that is not taken stays so. */
  toggle(): void {
    if (this.areTaken) this.#firstUntaken = this.#depth
    else if (this.#firstUntaken === this.#depth) this.#firstUntaken = 0
  }

  close(): void {
    if (this.#firstUntaken === this.#depth) this.#firstUntaken = 0
    this.#depth -= 1
  }
}
