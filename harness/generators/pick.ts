/** The choice of this number. */
export function pick<Choice>(choices: readonly Choice[], choice: number): Choice {
  return choices[choice % choices.length]!
}

/** -1, 0 or 1: just inside a limit, at it, just beyond. */
export function around(choice: number): number {
  return (choice % 3) - 1
}
