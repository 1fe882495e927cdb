/** The choice of this number. */
export function pick<Choice>(choices: readonly Choice[], choice: number): Choice {
  return choices[choice % choices.length]!
}

/** -1, 0 or 1: just inside a limit, at it, just beyond. */
export function around(choice: number): number {
  return (choice % 3) - 1
}

/** The push of a height, in hex, that BIP34 wants at the start of a coinbase. [BIP34, Core CScript operator<<(int64_t)] */
export function heightPush(height: number): string {
  if (height <= 16) return (0x50 + height).toString(16)
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(height)
  return height < 0x80 ? `01${bytes.toString('hex', 0, 1)}` : `02${bytes.toString('hex')}`
}
