/** Sats of an amount in coins with at most eight decimals; undefined for anything else. [Core ParseMoney] */
export function parseAmount(text: string): number | undefined {
  const parts = /^\s*(\d{1,10})(?:\.(\d{0,8}))?\s*$/.exec(text)
  if (parts === null) return undefined
  const [, whole, fraction = ''] = parts
  return Number(whole) * 100_000_000 + Number(fraction.padEnd(8, '0'))
}
