import type { Brand } from './brand.ts'

/** An amount in the chain's smallest unit: 100,000,000 sats are one coin. Outputs carry it as a signed 64-bit number. */
export type Sats = Brand<bigint, 'Sats'>

/** Names a whole number an amount. Any signed amount is allowed; the rules judge its range. */
export function sats(value: bigint | number): Sats {
  return BigInt(value) as Sats
}

/** The sum of amounts, exact whatever their number. */
export function sumSats(values: Iterable<Sats>): Sats {
  let sum = 0n
  for (const value of values) sum += value
  return sats(sum)
}
