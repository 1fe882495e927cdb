const SATS_PER_COIN = 100_000_000
const DECIMALS_MIN = 2

/** Sats as coins, the way people read them: at least two decimals, no zeros after those. [Core FormatMoney] */
export function formatAmount(sats: number): string {
  const size = Math.abs(sats)
  const whole = Math.floor(size / SATS_PER_COIN)
  const decimals = String(size - whole * SATS_PER_COIN).padStart(8, '0')
  const kept = decimals.slice(0, DECIMALS_MIN) + decimals.slice(DECIMALS_MIN).replace(/0+$/, '')
  return `${sats < 0 ? '-' : ''}${whole}.${kept}`
}
